package io.millrace.connect.converters.avro;

import org.apache.avro.Schema;

/**
 * The Avro side of one Connect schema.
 *
 * @param schema the Avro schema
 * @param writer puts values of the Connect schema into an encoder as that Avro schema has them
 */
record Encoding(Schema schema, ValueWriter writer) {
    /** Compiles the encoding of a Connect schema. Equal schemas give Avro schemas with equal text. */
    static Encoding of(org.apache.kafka.connect.data.Schema connect) {
        return new EncodingPlan().root(connect);
    }
}
