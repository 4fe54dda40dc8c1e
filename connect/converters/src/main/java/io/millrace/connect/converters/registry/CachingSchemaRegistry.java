package io.millrace.connect.converters.registry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers what another registry said; the least recently used answers are forgotten beyond a limit. */
public final class CachingSchemaRegistry implements SchemaRegistry {
    private final SchemaRegistry registry;
    private final Map<Registration, Integer> ids;
    private final Map<Integer, String> schemas;

    /**
     * Makes a cache.
     *
     * @param capacity most answers of each of the two calls to keep
     */
    public CachingSchemaRegistry(SchemaRegistry registry, int capacity) {
        this.registry = registry;
        this.ids = Collections.synchronizedMap(new Recent<>(capacity));
        this.schemas = Collections.synchronizedMap(new Recent<>(capacity));
    }

    @Override
    public int register(String subject, String schema) {
        Registration registration = new Registration(subject, schema);
        Integer known = ids.get(registration);
        if (known != null) {
            return known;
        }
        // Not under the lock: the registry may take a minute, and two equal registrations do no harm.
        int id = registry.register(subject, schema);
        ids.put(registration, id);
        return id;
    }

    @Override
    public String schema(int id) {
        String known = schemas.get(id);
        if (known != null) {
            return known;
        }
        String schema = registry.schema(id);
        schemas.put(id, schema);
        return schema;
    }

    private record Registration(String subject, String schema) {}

    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private final int capacity;

        Recent(int capacity) {
            super(16, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > capacity;
        }
    }
}
