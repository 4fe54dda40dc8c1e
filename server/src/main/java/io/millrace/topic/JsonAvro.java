package io.millrace.topic;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Plain JSON as Avro's generic values: what {@link AvroJson} writes is read again. */
final class JsonAvro {
    private static final int LONGEST_DECIMAL = 20_000;

    private JsonAvro() {}

    /** A value does not fit its schema; the message says where and why. */
    static final class MismatchException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        MismatchException(String at, String problem) {
            super((at.isEmpty() ? "the value" : "'" + at.substring(1) + "'") + " " + problem);
        }
    }

    /** @throws MismatchException for the first part that does not fit */
    static @Nullable Object of(JsonNode value, Schema schema) throws MismatchException {
        return of(value, schema, "");
    }

    private static @Nullable Object of(JsonNode value, Schema schema, String at) throws MismatchException {
        return switch (schema.getType()) {
            case RECORD -> row(value, schema, at);
            case UNION -> chosen(value, schema, at);
            case ARRAY -> items(value, schema, at);
            case MAP -> members(value, schema, at);
            case NULL -> {
                need(value.isNull(), at, "has to be null");
                yield null;
            }
            case BOOLEAN -> {
                need(value.isBoolean(), at, "has to be true or false");
                yield value.booleanValue();
            }
            case INT -> {
                need(value.isIntegralNumber() && value.canConvertToInt(), at, "has to be a whole number of 32 bits");
                yield value.intValue();
            }
            case LONG -> {
                need(value.isIntegralNumber() && value.canConvertToLong(), at, "has to be a whole number of 64 bits");
                yield value.longValue();
            }
            case FLOAT -> (float) real(value, at);
            case DOUBLE -> real(value, at);
            case STRING -> {
                need(value.isTextual(), at, "has to be a text");
                yield value.textValue();
            }
            case ENUM -> {
                need(
                        value.isTextual() && schema.hasEnumSymbol(value.textValue()),
                        at,
                        "has to be one of " + schema.getEnumSymbols());
                yield new GenericData.EnumSymbol(schema, value.textValue());
            }
            case BYTES -> ByteBuffer.wrap(bytes(value, schema, at));
            case FIXED -> {
                byte[] bytes = bytes(value, schema, at);
                need(bytes.length == schema.getFixedSize(), at, "has to be " + schema.getFixedSize() + " bytes");
                yield new GenericData.Fixed(schema, bytes);
            }
        };
    }

    private static GenericData.Record row(JsonNode value, Schema schema, String at) throws MismatchException {
        need(value.isObject(), at, "has to be an object");
        GenericData.Record row = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            String inner = at + "." + field.name();
            Optional<JsonNode> member = Optional.ofNullable(value.get(field.name()));
            if (member.isPresent()) {
                row.put(field.pos(), of(member.get(), field.schema(), inner));
            } else {
                need(field.hasDefaultValue(), inner, "is missing and has no default");
                row.put(field.pos(), GenericData.get().getDefaultValue(field));
            }
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            need(
                    Optional.ofNullable(schema.getField(member.getKey())).isPresent(),
                    at + "." + member.getKey(),
                    "is not in the schema");
        }
        return row;
    }

    /** The first type that the value fits is the one that is meant. */
    private static @Nullable Object chosen(JsonNode value, Schema union, String at) throws MismatchException {
        List<String> problems = new ArrayList<>();
        for (Schema type : union.getTypes()) {
            try {
                return of(value, type, at);
            } catch (MismatchException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        throw new MismatchException(at, "fits none of its types: " + String.join("; ", problems));
    }

    private static GenericData.Array<Object> items(JsonNode value, Schema schema, String at) throws MismatchException {
        need(value.isArray(), at, "has to be an array");
        GenericData.Array<Object> items = new GenericData.Array<>(value.size(), schema);
        for (int i = 0; i < value.size(); i++) {
            items.add(of(value.get(i), schema.getElementType(), at + "." + i));
        }
        return items;
    }

    private static Map<String, Object> members(JsonNode value, Schema schema, String at) throws MismatchException {
        need(value.isObject(), at, "has to be an object");
        Map<String, Object> members = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            members.put(member.getKey(), of(member.getValue(), schema.getValueType(), at + "." + member.getKey()));
        }
        return members;
    }

    private static double real(JsonNode value, String at) throws MismatchException {
        if (value.isTextual() && List.of("NaN", "Infinity", "-Infinity").contains(value.textValue())) {
            return Double.parseDouble(value.textValue());
        }
        need(value.isNumber(), at, "has to be a number");
        return value.doubleValue();
    }

    private static byte[] bytes(JsonNode value, Schema schema, String at) throws MismatchException {
        if (schema.getType() == Schema.Type.BYTES && schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            try {
                BigDecimal number = new BigDecimal(value.asText());
                // Numbers of absurd size would take seconds, or all memory.
                need(
                        Math.abs(number.scale()) <= LONGEST_DECIMAL && decimal.getScale() <= LONGEST_DECIMAL,
                        at,
                        "has more than " + LONGEST_DECIMAL + " digits");
                return number.setScale(decimal.getScale(), RoundingMode.UNNECESSARY)
                        .unscaledValue()
                        .toByteArray();
            } catch (ArithmeticException e) {
                throw new MismatchException(at, "has more than " + decimal.getScale() + " digits behind the point");
            } catch (NumberFormatException e) {
                throw new MismatchException(at, "has to be a decimal number");
            }
        }
        try {
            need(value.isTextual(), at, "has to be bytes in Base64");
            return value.binaryValue();
        } catch (IOException e) {
            throw new MismatchException(at, "has to be bytes in Base64");
        }
    }

    private static void need(boolean holds, String at, String problem) throws MismatchException {
        if (!holds) {
            throw new MismatchException(at, problem);
        }
    }
}
