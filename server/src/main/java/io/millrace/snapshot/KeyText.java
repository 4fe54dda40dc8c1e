package io.millrace.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.database.KeyKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Key fields of records as the texts of {@link KeyKind}; empty where a field is of another form than expected. */
final class KeyText {
    private KeyText() {}

    /** Reads a field as Avro has it. */
    static Optional<String> of(KeyKind kind, Schema schema, Object value) {
        return switch (kind) {
            case INTEGER, DATE ->
                value instanceof Integer || value instanceof Long ? Optional.of(value.toString()) : Optional.empty();
            case TEXT, PADDED -> value instanceof CharSequence ? kind.canonical(value.toString()) : Optional.empty();
            case BOOLEAN -> value instanceof Boolean ? Optional.of(value.toString()) : Optional.empty();
            case DECIMAL -> decimal(schema, value).flatMap(number -> kind.canonical(number.toString()));
            case TIMESTAMP ->
                value instanceof Long number ? micros(unit(schema), number).map(String::valueOf) : Optional.empty();
            case INSTANT -> value instanceof CharSequence ? instant(value.toString()) : Optional.empty();
        };
    }

    /** Reads a field as JSON has it, where one form alone is possible. */
    static Optional<String> of(KeyKind kind, JsonNode value) {
        return switch (kind) {
            case INTEGER -> value.isIntegralNumber() ? Optional.of(value.asText()) : Optional.empty();
            case TEXT, PADDED -> value.isTextual() ? kind.canonical(value.textValue()) : Optional.empty();
            case BOOLEAN -> value.isBoolean() ? Optional.of(value.asText()) : Optional.empty();
            case INSTANT -> value.isTextual() ? instant(value.textValue()) : Optional.empty();
            case DATE -> value.isIntegralNumber() ? Optional.of(value.asText()) : Optional.empty();
            case DECIMAL, TIMESTAMP -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> decimal(Schema schema, Object value) {
        if (value instanceof ByteBuffer bytes && schema.getObjectProp("scale") instanceof Number scale) {
            return Optional.of(new BigDecimal(new BigInteger(bytes(bytes)), scale.intValue()));
        }
        if (value instanceof GenericRecord variable
                && variable.hasField("scale")
                && variable.get("scale") instanceof Integer scale
                && variable.get("value") instanceof ByteBuffer bytes) {
            return Optional.of(new BigDecimal(new BigInteger(bytes(bytes)), scale));
        }
        return Optional.empty();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static Optional<String> unit(Schema schema) {
        return Optional.ofNullable(schema.getProp("connect.name"));
    }

    private static Optional<Long> micros(Optional<String> unit, long number) {
        return switch (unit.orElse("")) {
            case "io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp" ->
                Optional.of(Math.multiplyExact(number, 1000));
            case "io.debezium.time.MicroTimestamp" -> Optional.of(number);
            case "io.debezium.time.NanoTimestamp" -> Optional.of(number / 1000);
            default -> Optional.empty();
        };
    }

    private static Optional<String> instant(String text) {
        try {
            return Optional.of(String.valueOf(ChronoUnit.MICROS.between(
                    Instant.EPOCH, OffsetDateTime.parse(text).toInstant())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
