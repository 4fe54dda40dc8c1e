package io.millrace.bench.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads JSON without schemas; the decimal, which is bytes in Base64 there, is known by its column. */
final class JsonEnvelopes implements Envelope.Decoder {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Envelope decode(byte[] value) {
        try {
            JsonNode envelope = JSON.readTree(value);
            JsonNode after = envelope.path("after");
            return new Envelope(envelope.path("op").asText(), column -> plain(column, after.path(column)));
        } catch (IOException e) {
            throw new UncheckedIOException("a record is no JSON", e);
        }
    }

    private static @Nullable Object plain(String column, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (column.equals("price")) {
            return new BigInteger(Base64.getDecoder().decode(value.asText()));
        }
        if (value.isNumber()) {
            return value.numberValue();
        }
        return value.isBoolean() ? (Object) value.booleanValue() : value.asText();
    }
}
