package io.millrace.connect.converters.avro;

import java.io.IOException;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Puts one Connect value into an Avro encoder. Immutable, usable by several threads with an encoder each. */
@FunctionalInterface
interface ValueWriter {
    /**
     * Writes the value.
     *
     * @throws org.apache.kafka.connect.errors.DataException if it is not of the schema that the writer was made for;
     *     the encoder then holds part of a record
     */
    void write(@Nullable Object value, Encoder out) throws IOException;
}
