package io.millrace.connect.converters.avro;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.JsonProperties;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Default values as JSON, in Avro's own form: bytes are text of the characters U+0000 to U+00FF. What JSON cannot say
 * (NaN and the infinities) is text as well.
 */
final class Defaults {
    private Defaults() {}

    /** Returns the value as Strings, numbers, Booleans, Lists and Maps. */
    static Object toJson(Schema schema, @Nullable Object value) {
        if (value == null) {
            return JsonProperties.NULL_VALUE;
        }
        Object raw =
                Logical.of(schema).map(logical -> logical.toRaw(schema, value)).orElse(value);
        return switch (schema.type()) {
            case INT8, INT16, INT32 -> ((Number) raw).intValue();
            case FLOAT32, FLOAT64 -> number(((Number) raw).doubleValue());
            case BYTES -> new String(bytes(raw), StandardCharsets.ISO_8859_1);
            case ARRAY ->
                ((List<?>) raw)
                        .stream()
                                .map(item -> toJson(schema.valueSchema(), item))
                                .toList();
            case MAP -> mapToJson(schema, (Map<?, ?>) raw);
            case STRUCT -> structToJson((Struct) raw);
            default -> raw;
        };
    }

    /** Returns the Connect value that {@link #toJson} was given. */
    static @Nullable Object fromJson(Schema schema, Object json) {
        if (json == JsonProperties.NULL_VALUE) {
            return null;
        }
        Object raw =
                switch (schema.type()) {
                    case INT8 -> ((Number) json).byteValue();
                    case INT16 -> ((Number) json).shortValue();
                    case INT32 -> ((Number) json).intValue();
                    case INT64 -> ((Number) json).longValue();
                    case FLOAT32 -> (float) parseNumber(json);
                    case FLOAT64 -> parseNumber(json);
                    case BYTES -> latin1(json);
                    case ARRAY -> listFromJson(schema.valueSchema(), (List<?>) json);
                    case MAP -> mapFromJson(schema, json);
                    case STRUCT -> structFromJson(schema, (Map<?, ?>) json);
                    default -> json;
                };
        return Logical.of(schema).map(logical -> logical.fromRaw(schema, raw)).orElse(raw);
    }

    /**
     * Returns the default as Avro takes it for a field. Empty where Avro has no form for it: structs, optional values
     * inside of collections, maps that are written as arrays, and numbers that are not finite.
     */
    static Optional<Object> toAvro(Schema schema, Object value) {
        return isPlain(schema)
                ? Optional.of(toJson(schema, value)).filter(json -> fits(schema, json))
                : Optional.empty();
    }

    private static boolean isPlain(Schema schema) {
        return switch (schema.type()) {
            case STRUCT -> false;
            case ARRAY -> isPlain(schema.valueSchema()) && !schema.valueSchema().isOptional();
            case MAP ->
                MapForm.isAvroMap(schema)
                        && isPlain(schema.valueSchema())
                        && !schema.valueSchema().isOptional();
            default -> true;
        };
    }

    private static boolean fits(Schema schema, Object json) {
        return switch (schema.type()) {
            case FLOAT32, FLOAT64 -> json instanceof Number;
            case ARRAY -> ((List<?>) json).stream().allMatch(item -> fits(schema.valueSchema(), item));
            case MAP -> ((Map<?, ?>) json).values().stream().allMatch(item -> fits(schema.valueSchema(), item));
            default -> true;
        };
    }

    static byte[] bytes(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            return copy;
        }
        return (byte[]) value;
    }

    private static byte[] latin1(Object json) {
        // Avro hands out defaults of foreign bytes fields as bytes, properties as text.
        return json instanceof byte[] bytes ? bytes : ((String) json).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Object number(double value) {
        return Double.isFinite(value) ? (Object) value : Double.toString(value);
    }

    private static double parseNumber(Object json) {
        return json instanceof Number number ? number.doubleValue() : Double.parseDouble((String) json);
    }

    private static Object mapToJson(Schema schema, Map<?, ?> map) {
        if (MapForm.isAvroMap(schema)) {
            Map<String, Object> object = new TreeMap<>();
            map.forEach((key, value) -> object.put((String) key, toJson(schema.valueSchema(), value)));
            return object;
        }
        return map.entrySet().stream()
                .map(entry -> List.of(
                        toJson(schema.keySchema(), entry.getKey()), toJson(schema.valueSchema(), entry.getValue())))
                .toList();
    }

    private static Map<String, Object> structToJson(Struct struct) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (Field field : struct.schema().fields()) {
            object.put(field.name(), toJson(field.schema(), struct.getWithoutDefault(field.name())));
        }
        return object;
    }

    private static List<@Nullable Object> listFromJson(Schema element, List<?> json) {
        List<@Nullable Object> list = new ArrayList<>(json.size());
        json.forEach(item -> list.add(fromJson(element, item)));
        return list;
    }

    private static Map<@Nullable Object, @Nullable Object> mapFromJson(Schema schema, Object json) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        if (json instanceof Map<?, ?> object) {
            object.forEach((key, value) -> map.put(key.toString(), fromJson(schema.valueSchema(), value)));
        } else {
            for (Object item : (List<?>) json) {
                List<?> entry = (List<?>) item;
                map.put(fromJson(schema.keySchema(), entry.get(0)), fromJson(schema.valueSchema(), entry.get(1)));
            }
        }
        return map;
    }

    private static Struct structFromJson(Schema schema, Map<?, ?> json) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            Object member = json.get(field.name());
            if (member == null) {
                throw new DataException("The default of struct " + schema.name() + " lacks the field " + field.name());
            }
            Object value = fromJson(field.schema(), member);
            if (value != null) {
                struct.put(field, value);
            }
        }
        return struct;
    }
}
