package io.millrace.connect.transforms;

import java.util.function.Function;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;

/** Remembers what was made of something, mostly of a schema, for the thousand that were used last. */
public final class Derived<K, V> {
    private static final int MOST = 1_000;

    private final Cache<K, V> known = new LRUCache<>(MOST);

    /** Returns what {@code make} gave for {@code from} the first time. */
    public V of(K from, Function<K, V> make) {
        V found = known.get(from);
        if (found == null) {
            found = make.apply(from);
            known.put(from, found);
        }
        return found;
    }
}
