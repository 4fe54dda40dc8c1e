package io.millrace.connect.converters.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;

/** A registry in memory that counts the calls. */
public final class MemoryRegistry implements SchemaRegistry {
    private final List<String> schemas = new ArrayList<>();
    private final List<String> subjects = new ArrayList<>();

    @Override
    public synchronized int register(String subject, String schema) {
        subjects.add(subject);
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    @Override
    public synchronized String schema(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new DataException("No schema " + id);
        }
        return schemas.get(id - 1);
    }

    /** Returns the subject of each registration so far. */
    public synchronized List<String> registrations() {
        return List.copyOf(subjects);
    }
}
