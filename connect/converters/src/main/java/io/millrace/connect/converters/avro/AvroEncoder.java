package io.millrace.connect.converters.avro;

import io.millrace.connect.converters.registry.SchemaRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.data.Schema;

/**
 * Encodes Connect values in the Confluent wire format, registering their schemas at first sight.
 *
 * <p>Thread-safe. A schema object that was seen before is found by its identity, without comparing schemas; whoever
 * writes many rows of one table asks once for its {@link #writer} and keeps it. Schemas seen are kept up to a limit,
 * then all are forgotten and compiled again when they come back.
 */
public final class AvroEncoder {
    private final SchemaRegistry registry;
    private final int capacity;
    private final Map<Seen, RecordWriter> writers = new ConcurrentHashMap<>();

    /**
     * Makes an encoder.
     *
     * @param registry gives the ids; should cache, see {@link
     *     io.millrace.connect.converters.registry.CachingSchemaRegistry}
     * @param capacity most schema objects to remember, at least 1
     */
    public AvroEncoder(SchemaRegistry registry, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("The capacity must be at least 1: " + capacity);
        }
        this.registry = registry;
        this.capacity = capacity;
    }

    /**
     * Encodes one value.
     *
     * @param value a value of the schema; null is a tombstone and has no encoding, so it is refused
     * @throws org.apache.kafka.connect.errors.DataException if the value is not of the schema, or the registry refuses
     *     the schema
     * @throws org.apache.kafka.connect.errors.ConnectException if the registry cannot be reached
     */
    public byte[] encode(String subject, Schema schema, Object value) {
        return writer(subject, schema).write(value);
    }

    /** Returns the writer for a subject and schema; registers the schema if it is new. */
    public RecordWriter writer(String subject, Schema schema) {
        Seen seen = new Seen(subject, schema);
        RecordWriter known = writers.get(seen);
        if (known != null) {
            return known;
        }
        Encoding encoding = Encoding.of(schema);
        int id = registry.register(subject, encoding.schema().toString());
        RecordWriter writer = new RecordWriter(id, encoding);
        if (writers.size() >= capacity) {
            writers.clear();
        }
        writers.put(seen, writer);
        return writer;
    }

    /** A key by identity of the schema object. */
    private record Seen(String subject, Schema schema) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            return other instanceof Seen seen && seen.schema == schema && seen.subject.equals(subject);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(schema) + subject.hashCode();
        }
    }
}
