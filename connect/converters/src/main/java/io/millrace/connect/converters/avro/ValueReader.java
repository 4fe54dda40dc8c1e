package io.millrace.connect.converters.avro;

import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/** Takes one Connect value out of an Avro decoder. Immutable, usable by several threads with a decoder each. */
@FunctionalInterface
interface ValueReader {
    @Nullable
    Object read(Decoder in) throws IOException;
}
