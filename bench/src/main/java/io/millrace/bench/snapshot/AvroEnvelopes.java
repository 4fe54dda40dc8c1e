package io.millrace.bench.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads Avro in the Confluent wire format with Avro's own reader, and no code of the converter that wrote it. */
final class AvroEnvelopes implements Envelope.Decoder {
    private static final int HEADER = 5;

    private final IntFunction<String> schemas;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

    /** @param schemas asks the registry for the text of a schema by its id */
    AvroEnvelopes(IntFunction<String> schemas) {
        this.schemas = schemas;
    }

    @Override
    public Envelope decode(byte[] value) {
        int id = ByteBuffer.wrap(value).getInt(1);
        GenericDatumReader<GenericRecord> reader = readers.computeIfAbsent(
                id, key -> new GenericDatumReader<>(new Schema.Parser().parse(schemas.apply(key))));
        try {
            GenericRecord envelope =
                    reader.read(null, DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null));
            GenericRecord after = (GenericRecord) envelope.get("after");
            return new Envelope(String.valueOf(envelope.get("op")), column -> plain(after.get(column)));
        } catch (IOException e) {
            throw new UncheckedIOException("a record is not what its schema " + id + " says", e);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof ByteBuffer bytes) {
            byte[] unscaled = new byte[bytes.remaining()];
            bytes.duplicate().get(unscaled);
            return new BigInteger(unscaled);
        }
        return value;
    }
}
