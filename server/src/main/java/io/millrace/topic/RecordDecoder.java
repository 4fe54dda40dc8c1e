package io.millrace.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.http.Caller;
import io.millrace.http.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;

/**
 * Turns bytes into JSON: Avro in the Confluent wire format where the schema is known, JSON, text, and otherwise Base64. Never
 * fails; what cannot be read is shown as what it is.
 */
public final class RecordDecoder {
    private static final int MOST_CHARACTERS = 1024 * 1024;
    private static final int HEAD = 5;

    private final Schemas schemas;

    /** Where the schemas are that records name. */
    @FunctionalInterface
    public interface Schemas {
        /** Returns the schema of an id, as text, if the caller may see it. */
        Optional<String> find(Caller caller, long id);
    }

    /** Decodes with schemas from a registry. */
    public RecordDecoder(Schemas schemas) {
        this.schemas = schemas;
    }

    /** A key or a value. */
    record Decoded(JsonNode value, Optional<String> format, Optional<Long> schemaId, boolean truncated) {}

    Decoded decode(Caller caller, Optional<byte[]> bytes) {
        if (bytes.isEmpty()) {
            return new Decoded(NullNode.getInstance(), Optional.empty(), Optional.empty(), false);
        }
        return avro(caller, bytes.get())
                .or(() -> json(bytes.get()))
                .map(RecordDecoder::cut)
                .orElseGet(() -> cut(new Decoded(
                        TextNode.valueOf(text(bytes.get())),
                        Optional.of(isText(bytes.get()) ? "string" : "bytearray"),
                        Optional.empty(),
                        false)));
    }

    /** Returns text as it is and other bytes in Base64. */
    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private Optional<Decoded> avro(Caller caller, byte[] bytes) {
        if (bytes.length < HEAD || bytes[0] != 0) {
            return Optional.empty();
        }
        long id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        return schemas.find(caller, id).flatMap(text -> {
            try {
                Schema schema = new Schema.Parser().parse(text);
                Object value = new GenericDatumReader<>(schema)
                        .read(null, DecoderFactory.get().binaryDecoder(bytes, HEAD, bytes.length - HEAD, null));
                return Optional.of(
                        new Decoded(AvroJson.of(value, schema), Optional.of("avro"), Optional.of(id), false));
            } catch (IOException | AvroRuntimeException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Decoded> json(byte[] bytes) {
        try {
            JsonNode tree = Json.mapper().readTree(bytes);
            return tree.isMissingNode()
                    ? Optional.empty()
                    : Optional.of(new Decoded(tree, Optional.of("json"), Optional.empty(), false));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Decoded cut(Decoded whole) {
        String text = whole.value().isTextual()
                ? whole.value().textValue()
                : whole.value().toString();
        return text.length() <= MOST_CHARACTERS
                ? whole
                : new Decoded(
                        TextNode.valueOf(text.substring(0, MOST_CHARACTERS)), whole.format(), whole.schemaId(), true);
    }
}
