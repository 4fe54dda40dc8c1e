package io.millrace.connect.sinks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Records as destinations get them: flattened rows of a table {@code orders} with the key {@code id}. Counts positions. */
public final class Records {
    public static final Schema KEY = SchemaBuilder.struct()
            .name("orders.Key")
            .field("id", Schema.INT64_SCHEMA)
            .build();

    public static final Schema ROW = SchemaBuilder.struct()
            .name("orders.Value")
            .field("id", Schema.INT64_SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .field("__deleted", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    /** A column of every type, in the order of {@link #everything()}. */
    public static final Schema EVERYTHING = everythingSchema();

    private final Map<String, Long> next = new HashMap<>();

    private static Schema everythingSchema() {
        Schema variable = SchemaBuilder.struct()
                .name("io.debezium.data.VariableScaleDecimal")
                .optional()
                .field("scale", Schema.INT32_SCHEMA)
                .field("value", Schema.BYTES_SCHEMA)
                .build();
        return SchemaBuilder.struct()
                .name("everything.Value")
                .field("id", Schema.INT64_SCHEMA)
                .field("c_boolean", Schema.OPTIONAL_BOOLEAN_SCHEMA)
                .field("c_int16", Schema.OPTIONAL_INT16_SCHEMA)
                .field("c_int32", Schema.OPTIONAL_INT32_SCHEMA)
                .field("c_int64", Schema.OPTIONAL_INT64_SCHEMA)
                .field("c_float32", Schema.OPTIONAL_FLOAT32_SCHEMA)
                .field("c_float64", Schema.OPTIONAL_FLOAT64_SCHEMA)
                .field("c_nan", Schema.OPTIONAL_FLOAT64_SCHEMA)
                .field("c_number", variable)
                .field(
                        "c_decimal",
                        Decimal.builder(2)
                                .parameter("connect.decimal.precision", "10")
                                .optional()
                                .build())
                .field("c_text", Schema.OPTIONAL_STRING_SCHEMA)
                .field("c_bytes", Schema.OPTIONAL_BYTES_SCHEMA)
                .field("c_date", named("io.debezium.time.Date", Schema.Type.INT32))
                .field("c_time", named("io.debezium.time.MicroTime", Schema.Type.INT64))
                .field("c_time_zoned", named("io.debezium.time.ZonedTime", Schema.Type.STRING))
                .field("c_timestamp", named("io.debezium.time.MicroTimestamp", Schema.Type.INT64))
                .field("c_timestamp_zoned", named("io.debezium.time.ZonedTimestamp", Schema.Type.STRING))
                .field("c_uuid", named("io.debezium.data.Uuid", Schema.Type.STRING))
                .field("c_json", named("io.debezium.data.Json", Schema.Type.STRING))
                .field("c_xml", named("io.debezium.data.Xml", Schema.Type.STRING))
                .field("c_interval", named("io.debezium.time.Interval", Schema.Type.STRING))
                .field(
                        "c_bits",
                        SchemaBuilder.bytes()
                                .name("io.debezium.data.Bits")
                                .parameter("length", "3")
                                .optional()
                                .build())
                .field(
                        "c_array",
                        SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA)
                                .optional()
                                .build())
                .build();
    }

    private static Schema named(String name, Schema.Type type) {
        return new SchemaBuilder(type).name(name).optional().build();
    }

    /** Returns a row with a value in each column. */
    public static Struct everything() {
        long micros = LocalDateTime.of(2026, 2, 28, 23, 59, 59).toEpochSecond(ZoneOffset.UTC) * 1_000_000 + 123_456;
        return new Struct(EVERYTHING)
                .put("id", 1L)
                .put("c_boolean", true)
                .put("c_int16", Short.MIN_VALUE)
                .put("c_int32", Integer.MAX_VALUE)
                .put("c_int64", Long.MAX_VALUE)
                .put("c_float32", 1.5f)
                .put("c_float64", -2.25e300)
                .put("c_nan", Double.NaN)
                .put(
                        "c_number",
                        new Struct(EVERYTHING.field("c_number").schema())
                                .put("scale", 3)
                                .put(
                                        "value",
                                        new BigInteger("12345678901234567890123456789012345678901").toByteArray()))
                .put("c_decimal", new BigDecimal("12345678.90"))
                .put("c_text", "Grüße 𝄞 \"quoted\"\n\\")
                .put("c_bytes", ByteBuffer.wrap("\0ÿ".getBytes(StandardCharsets.ISO_8859_1)))
                .put("c_date", (int) LocalDate.of(2026, 2, 28).toEpochDay())
                .put("c_time", 25_509_000_001L)
                .put("c_time_zoned", "07:05:09Z")
                .put("c_timestamp", micros)
                .put("c_timestamp_zoned", "2026-02-28T23:59:59.123456Z")
                .put("c_uuid", "c0ffee00-0000-4000-8000-000000000001")
                .put("c_json", "{\"a\": [1, null]}")
                .put("c_xml", "<a/>")
                .put("c_interval", "P1Y2M3DT4H5M6.7S")
                .put("c_bits", new byte[] {5})
                .put("c_array", Arrays.asList(1, null, 3));
    }

    /** Returns a row with null in each column but the key. */
    public static Struct nothing() {
        return new Struct(EVERYTHING).put("id", 2L);
    }

    /** Returns a row as it is after an insert or update. */
    public SinkRecord upsert(long id, @Nullable String note) {
        return record("orders", key(id), row(id, note, "false"));
    }

    /** Returns the last state of a row that was deleted. */
    public SinkRecord delete(long id, @Nullable String note) {
        return record("orders", key(id), row(id, note, "true"));
    }

    /** Returns what follows the delete of a row. */
    public SinkRecord tombstone(long id) {
        return record("orders", key(id), null);
    }

    /** Returns what says that all rows of a table are gone. */
    public SinkRecord truncation(String table) {
        return new SinkRecord(
                table,
                0,
                null,
                null,
                null,
                null,
                position(table),
                0L,
                TimestampType.CREATE_TIME,
                new ConnectHeaders().addString(Change.OPERATION, "t"));
    }

    /** Returns a row of any table. */
    public SinkRecord record(String table, @Nullable Struct key, @Nullable Struct row) {
        return new SinkRecord(
                table,
                0,
                key == null ? null : key.schema(),
                key,
                row == null ? null : row.schema(),
                row,
                position(table));
    }

    /** Returns a key of {@code orders}. */
    public static Struct key(long id) {
        return new Struct(KEY).put("id", id);
    }

    private static Struct row(long id, @Nullable String note, String deleted) {
        return new Struct(ROW).put("id", id).put("note", note).put("__deleted", deleted);
    }

    private long position(String table) {
        return next.merge(table, 1L, Long::sum) - 1;
    }
}
