package io.millrace.connect.converters.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** Random schemas and values of them, as wild as Connect allows. */
public final class Samples {
    private static final long DAY = 86_400_000L;
    private static final List<String> NAMES = List.of(
            "a",
            "A",
            "b",
            "größe",
            "a b",
            "a.b",
            "1st",
            "q\"uote",
            "_u0041",
            "_u",
            "null",
            "int",
            "string",
            "record",
            "注文",
            "\uD83D\uDE00",
            "x-y",
            "x_u002Dy",
            "'",
            "\\",
            "namespace");
    private static final List<String> RECORDS = List.of(
            "Value", "shop.Value", "shop.Value_2", "shop.größe.Value", "a b", "x..y", ".", "shop.int", "int", "shop.1");
    private static final List<String> TEXTS =
            List.of("", "x", "größe", "\uD83D\uDE00", "\u0000", "\"", "\n\t\\", "NaN");

    private final Random random;
    private final List<Schema> structs = new ArrayList<>();

    private Samples(long seed) {
        this.random = new Random(seed);
    }

    /** Returns schemas with two equal values each, whose maps were filled in different orders. */
    public static Arbitrary<Sample> samples() {
        return Arbitraries.longs().map(seed -> new Samples(seed).sample());
    }

    public record Sample(Schema schema, Object value, Object same) {}

    private Sample sample() {
        Schema schema = schema(4);
        long seed = random.nextLong();
        return new Sample(schema, new Samples(seed).required(schema, false), new Samples(seed).required(schema, true));
    }

    private Schema schema(int depth) {
        int choice = random.nextInt(depth > 0 ? 22 : 13);
        return switch (choice) {
            case 0 -> attributes(SchemaBuilder.int8());
            case 1 -> attributes(SchemaBuilder.int16());
            case 2 -> attributes(SchemaBuilder.int32());
            case 3 -> attributes(SchemaBuilder.int64());
            case 4 -> attributes(SchemaBuilder.float32());
            case 5 -> attributes(SchemaBuilder.float64());
            case 6 -> attributes(SchemaBuilder.bool());
            case 7 -> attributes(SchemaBuilder.string());
            case 8 -> attributes(SchemaBuilder.bytes());
            case 9 -> more(decimal());
            case 10 -> more(org.apache.kafka.connect.data.Date.builder());
            case 11 -> more(Time.builder());
            case 12 -> more(Timestamp.builder());
            case 13, 14 -> array(depth);
            case 15, 16 -> map(depth);
            case 17 -> structs.isEmpty() ? struct(depth) : again(structs.get(random.nextInt(structs.size())));
            default -> struct(depth);
        };
    }

    private SchemaBuilder decimal() {
        SchemaBuilder builder = Decimal.builder(random.nextInt(12) - 3);
        return flip() ? builder : builder.parameter("connect.decimal.precision", pick(List.of("0", "5", "38", "many")));
    }

    private Schema array(int depth) {
        Schema element = schema(depth - 1);
        return attributes(SchemaBuilder.array(element));
    }

    private Schema map(int depth) {
        Schema key = flip() ? Schema.STRING_SCHEMA : schema(depth - 2);
        return attributes(SchemaBuilder.map(key, schema(depth - 1)));
    }

    private Schema struct(int depth) {
        SchemaBuilder builder = SchemaBuilder.struct();
        List<String> names = new ArrayList<>(NAMES);
        int fields = random.nextInt(6);
        for (int i = 0; i < fields; i++) {
            builder.field(names.remove(random.nextInt(names.size())), schema(depth - 1));
        }
        if (flip()) {
            builder.name(pick(RECORDS));
        }
        Schema struct = random.nextInt(3) == 0 ? attributes(builder) : builder.build();
        structs.add(struct);
        return struct;
    }

    /** Returns the same struct, optional or not, as Debezium uses its value schema twice. */
    private Schema again(Schema struct) {
        SchemaBuilder builder = SchemaBuilder.struct();
        struct.fields().forEach(field -> builder.field(field.name(), field.schema()));
        if (struct.name() != null) {
            builder.name(struct.name());
        }
        return flip() ? builder.optional().build() : builder.build();
    }

    private Schema attributes(SchemaBuilder builder) {
        if (builder.name() == null && random.nextInt(4) == 0) {
            builder.name(pick(List.of("io.debezium.time.MicroTimestamp", "io.debezium.data.Enum", "größe x")));
        }
        if (random.nextInt(4) == 0) {
            builder.version(random.nextInt(9));
        }
        if (random.nextInt(4) == 0) {
            builder.parameter("allowed", pick(TEXTS)).parameter("__debezium.source.column.type", "ENUM");
        }
        return more(builder);
    }

    private Schema more(SchemaBuilder builder) {
        if (random.nextInt(4) == 0) {
            builder.doc(pick(TEXTS));
        }
        if (flip()) {
            builder.optional();
        }
        if (flip() && mayHaveDefault(builder)) {
            builder.defaultValue(required(builder, false));
        }
        return builder.build();
    }

    /** Connect's builder refuses a struct as a default, and it cannot compare arrays within collections. */
    private static boolean mayHaveDefault(Schema schema) {
        return switch (schema.type()) {
            case STRUCT -> false;
            case ARRAY -> schema.valueSchema().type() != Schema.Type.BYTES && mayHaveDefault(schema.valueSchema());
            case MAP ->
                schema.keySchema().type() != Schema.Type.BYTES
                        && schema.valueSchema().type() != Schema.Type.BYTES
                        && mayHaveDefault(schema.keySchema())
                        && mayHaveDefault(schema.valueSchema());
            default -> true;
        };
    }

    private @Nullable Object value(Schema schema, boolean backwards) {
        return schema.isOptional() && random.nextInt(3) == 0 ? null : required(schema, backwards);
    }

    private Object required(Schema schema, boolean backwards) {
        if (Logical.of(schema).isPresent()) {
            return logical(schema, Logical.of(schema).orElseThrow());
        }
        return switch (schema.type()) {
            case INT8 -> (byte) random.nextInt();
            case INT16 -> (short) random.nextInt();
            case INT32 -> random.nextInt();
            case INT64 -> random.nextLong();
            case FLOAT32 -> pick(List.of(0f, -0f, 0.1f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, 3.4e38f));
            case FLOAT64 ->
                pick(List.of(0d, -0d, 0.1d, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 1.7e308));
            case BOOLEAN -> flip();
            case STRING -> pick(TEXTS);
            case BYTES -> bytes();
            case ARRAY -> list(schema, backwards);
            case MAP -> entries(schema, backwards);
            case STRUCT -> struct(schema, backwards);
        };
    }

    @SuppressWarnings("JavaUtilDate") // what Connect takes
    private Object logical(Schema schema, Logical logical) {
        return switch (logical) {
            case DECIMAL ->
                new BigDecimal(
                        new BigInteger(random.nextInt(200), random).negate(),
                        Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD)));
            case DATE -> new Date((random.nextInt(2_000_000) - 1_000_000) * DAY);
            case TIME -> new Date(random.nextInt((int) DAY));
            case TIMESTAMP -> new Date(random.nextLong());
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(5)];
        random.nextBytes(bytes);
        return bytes;
    }

    private List<@Nullable Object> list(Schema schema, boolean backwards) {
        List<@Nullable Object> list = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            list.add(value(schema.valueSchema(), backwards));
        }
        return list;
    }

    /** Bytes as keys are equal only to themselves, so such maps stay small enough to have one order. */
    private Map<@Nullable Object, @Nullable Object> entries(Schema schema, boolean backwards) {
        int size = random.nextInt(4);
        List<@Nullable Object> keys = new ArrayList<>();
        Map<@Nullable Object, @Nullable Object> values = new HashMap<>();
        Map<Object, @Nullable Object> seen = new HashMap<>();
        for (int i = 0; i < size; i++) {
            Object key = value(schema.keySchema(), backwards);
            Object entry = value(schema.valueSchema(), backwards);
            if (!seen.containsKey(Plain.of(key))) {
                seen.put(Plain.of(key), key);
                keys.add(key);
                values.put(key, entry);
            }
        }
        if (backwards) {
            java.util.Collections.reverse(keys);
        }
        Map<@Nullable Object, @Nullable Object> map = new java.util.LinkedHashMap<>();
        keys.forEach(key -> map.put(key, values.get(key)));
        return map;
    }

    private Struct struct(Schema schema, boolean backwards) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            struct.put(field, value(field.schema(), backwards));
        }
        return struct;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private boolean flip() {
        return random.nextBoolean();
    }
}
