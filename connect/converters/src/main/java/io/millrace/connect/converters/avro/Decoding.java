package io.millrace.connect.converters.avro;

import org.apache.kafka.connect.data.Schema;

/**
 * The Connect side of one Avro schema.
 *
 * @param schema the Connect schema
 * @param reader takes values of it out of a decoder
 */
record Decoding(Schema schema, ValueReader reader) {
    /**
     * Compiles the decoding of an Avro schema, ours or foreign.
     *
     * @throws org.apache.kafka.connect.errors.DataException if Connect has no form for it (a recursive record)
     */
    static Decoding of(org.apache.avro.Schema avro) {
        return new DecodingPlan().root(avro);
    }
}
