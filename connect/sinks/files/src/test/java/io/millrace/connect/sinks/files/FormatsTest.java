package io.millrace.connect.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
import io.millrace.testkit.S3Server;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type in every format and compression, read back and compared value by value. */
class FormatsTest {
    private static final String MICROS = String.valueOf(
            LocalDateTime.of(2026, 2, 28, 23, 59, 59).toEpochSecond(ZoneOffset.UTC) * 1_000_000 + 123_456);

    private static S3Server server;

    @BeforeAll
    static void start() {
        server = S3Server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Types of the columns, as a reader would declare them. */
    private static Map<String, String> declared() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("id", "BIGINT");
        types.put("c_boolean", "BOOLEAN");
        types.put("c_int16", "SMALLINT");
        types.put("c_int32", "INTEGER");
        types.put("c_int64", "BIGINT");
        types.put("c_float32", "FLOAT");
        types.put("c_float64", "DOUBLE");
        types.put("c_nan", "DOUBLE");
        types.put("c_number", "VARCHAR");
        types.put("c_decimal", "DECIMAL(10,2)");
        types.put("c_text", "VARCHAR");
        types.put("c_bytes", "VARCHAR");
        types.put("c_date", "DATE");
        types.put("c_time", "TIME");
        types.put("c_time_zoned", "VARCHAR");
        types.put("c_timestamp", "TIMESTAMP");
        types.put("c_timestamp_zoned", "TIMESTAMP WITH TIME ZONE");
        types.put("c_uuid", "VARCHAR");
        types.put("c_json", "VARCHAR");
        types.put("c_xml", "VARCHAR");
        types.put("c_interval", "VARCHAR");
        types.put("c_bits", "VARCHAR");
        types.put("c_array", "INTEGER[]");
        return types;
    }

    private static Map<String, String> expected() {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("id", "1");
        row.put("c_boolean", "true");
        row.put("c_int16", "-32768");
        row.put("c_int32", "2147483647");
        row.put("c_int64", "9223372036854775807");
        row.put("c_float32", "1.5");
        row.put("c_float64", "-2.25e+300");
        row.put("c_nan", "nan");
        row.put("c_number", "12345678901234567890123456789012345678.901");
        row.put("c_decimal", "12345678.90");
        row.put("c_text", "Grüße 𝄞 \"quoted\"\n\\");
        row.put("c_bytes", "AP8=");
        row.put("c_date", "2026-02-28");
        row.put("c_time", "07:05:09.000001");
        row.put("c_time_zoned", "07:05:09Z");
        row.put("c_timestamp", MICROS);
        row.put("c_timestamp_zoned", MICROS);
        row.put("c_uuid", "c0ffee00-0000-4000-8000-000000000001");
        row.put("c_json", "{\"a\":[1,null]}");
        row.put("c_xml", "<a/>");
        row.put("c_interval", "P1Y2M3DT4H5M6.7S");
        row.put("c_bits", "101");
        row.put("c_array", "[1, NULL, 3]");
        return row;
    }

    @ParameterizedTest
    @CsvSource({
        "json, none", "json, gzip", "json, snappy", "json, zstd",
        "jsonl, none", "jsonl, gzip", "jsonl, snappy", "jsonl, zstd",
        "csv, none", "csv, gzip", "csv, snappy", "csv, zstd",
        "parquet, none", "parquet, gzip", "parquet, snappy", "parquet, zstd"
    })
    void readsBackEqualByDuckDb(String format, String compression) throws Exception {
        Path file = written(format, compression);

        try (Duck duck = new Duck()) {
            List<Map<String, @Nullable String>> rows =
                    duck.rows("SELECT " + columns(format) + " FROM " + source(format, file) + " ORDER BY id");

            assertThat(rows).hasSize(2);
            assertThat(rows.get(0)).containsExactlyEntriesOf(expected(format));
            if (format.startsWith("json")) {
                assertThat(Lake.textOf(file))
                        .contains("\"c_number\":" + expected().get("c_number") + ",");
            }
            assertThat(rows.get(1)).containsEntry("id", "2").hasSize(expected().size());
            assertThat(rows.get(1).values().stream().filter(value -> value != null))
                    .as("the other row has nothing but its key")
                    .containsExactly("2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "zstd"})
    void readsBackEqualByAvro(String compression) throws Exception {
        Path file = written("avro", compression);

        List<GenericRecord> rows = new ArrayList<>();
        try (DataFileReader<GenericRecord> reader = new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
            reader.forEach(rows::add);
        }

        assertThat(rows).hasSize(2);
        GenericRecord row = rows.get(0);
        Map<String, Object> asStored = new LinkedHashMap<>(expected());
        asStored.put("c_date", (int) LocalDate.of(2026, 2, 28).toEpochDay());
        asStored.put("c_time", 25_509_000_001L);
        asStored.put("c_json", "{\"a\": [1, null]}");
        asStored.put("c_float64", "-2.25E300");
        asStored.put("c_nan", "NaN");
        asStored.put("c_array", Arrays.asList(1, null, 3));
        asStored.put("c_bytes", ByteBuffer.wrap(new byte[] {0, -1}));
        asStored.put("c_decimal", new BigDecimal("12345678.90"));
        asStored.forEach((name, value) ->
                assertThat(String.valueOf(read(row, name))).as(name).isEqualTo(String.valueOf(value)));
        assertThat(row.getSchema()
                        .getField("c_timestamp_zoned")
                        .schema()
                        .getTypes()
                        .get(1)
                        .getLogicalType()
                        .getName())
                .isEqualTo("timestamp-micros");
        assertThat(rows.get(1).getSchema().getFields().stream()
                        .filter(field -> rows.get(1).get(field.pos()) != null))
                .extracting(field -> field.name())
                .containsExactly("id");
    }

    private static Map<String, String> expected(String format) {
        Map<String, String> row = expected();
        if (format.startsWith("json")) {
            // All digits are in the file; DuckDB takes a number of JSON for a double.
            row.put("c_number", "1.2345678901234568e+37");
        }
        return row;
    }

    private static Object read(GenericRecord row, String name) {
        Object value = row.get(name);
        return name.equals("c_decimal") ? new BigDecimal(new BigInteger(((ByteBuffer) value).array()), 2) : value;
    }

    private static Path written(String format, String compression) throws Exception {
        Lake lake = new Lake(server);
        Records records = new Records();
        try (DrivenTask task = lake.task(
                Map.of("format.output.type", format, "file.compression.type", compression, "file.max.records", "2"))) {
            task.put(
                    records.record("everything", null, Records.everything()),
                    records.record("everything", null, Records.nothing()));
            assertThat(task.deadLetters()).isEmpty();
        }
        assertThat(lake.objects()).hasSize(1);
        String name = lake.objects().get(0);
        assertThat(name).startsWith("everything-0-0." + format);
        // DuckDB knows the other compressions itself.
        return name.endsWith(".sz")
                ? Files.writeString(Files.createTempFile("millrace-", "." + format), lake.text(name))
                : lake.file(name);
    }

    private static String columns(String format) {
        List<String> columns = new ArrayList<>();
        declared()
                .keySet()
                .forEach(name -> columns.add("("
                        + switch (name) {
                            case "c_timestamp", "c_timestamp_zoned" -> "epoch_us(" + name + ")";
                            case "c_json" -> "json(" + name + ")";
                            case "c_bytes" -> format.equals("parquet") ? "base64(" + name + ")" : name;
                            case "c_array" -> format.equals("csv") ? "from_json(c_array::JSON, '[\"INTEGER\"]')" : name;
                            default -> name;
                        } + ")::VARCHAR AS " + name));
        return String.join(", ", columns);
    }

    private static String source(String format, Path file) throws Exception {
        if (format.equals("parquet")) {
            Map<String, String> natural = declared();
            natural.put("c_bytes", "BLOB");
            try (Duck duck = new Duck()) {
                assertThat(duck.types(file)).containsExactlyEntriesOf(natural);
            }
            return "read_parquet('" + file + "')";
        }
        List<String> types = new ArrayList<>();
        declared()
                .forEach((name, type) -> types.add("'" + name + "': '"
                        + switch (name) {
                            case "c_array" -> format.equals("csv") ? "VARCHAR" : type;
                            case "c_json" -> format.equals("csv") ? type : "JSON";
                            default -> type;
                        } + "'"));
        String columns = ", columns = {" + String.join(", ", types) + "})";
        return switch (format) {
            case "csv" ->
                "read_csv('" + file + "', header = true, delim = ',', quote = '\"', escape = '\"',"
                        + " allow_quoted_nulls = false" + columns;
            case "json" -> "read_json('" + file + "', format = 'array'" + columns;
            default -> "read_json('" + file + "', format = 'newline_delimited'" + columns;
        };
    }
}
