package io.millrace.connect.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.connect.sinks.fixtures.Records;
import io.millrace.testkit.S3Server;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values at the edge of what their types hold. */
class EdgeValuesTest {
    private static S3Server server;

    private final Lake lake = new Lake(server);

    @BeforeAll
    static void start() {
        server = S3Server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "jsonl"})
    void keepsWhatIsInfinite(String format) throws Exception {
        Schema schema = SchemaBuilder.struct()
                .field("f", Schema.FLOAT64_SCHEMA)
                .field("d", SchemaBuilder.int32().name("io.debezium.time.Date").build())
                .field(
                        "t",
                        SchemaBuilder.int64()
                                .name("io.debezium.time.MicroTimestamp")
                                .build())
                .field(
                        "z",
                        SchemaBuilder.string()
                                .name("io.debezium.time.ZonedTimestamp")
                                .build())
                .build();
        Struct future = new Struct(schema)
                .put("f", Double.POSITIVE_INFINITY)
                .put("d", (int) LocalDate.parse("+5877611-06-21").toEpochDay())
                .put("t", 9_223_372_036_825_200_000L)
                .put("z", "infinity");
        Struct past = new Struct(schema)
                .put("f", Double.NEGATIVE_INFINITY)
                .put("d", (int) LocalDate.parse("-5877611-06-22").toEpochDay())
                .put("t", -9_223_372_036_832_400_000L)
                .put("z", "-infinity");

        write(format, future, past);

        String columns = "columns = {'f': 'DOUBLE', 'd': 'DATE', 't': 'TIMESTAMP', 'z': 'TIMESTAMP'}";
        assertThat(rows("SELECT f::VARCHAR AS f, d::VARCHAR AS d, t::VARCHAR AS t, z::TIMESTAMP::VARCHAR AS z FROM "
                        + reader(format, columns)))
                .containsExactly(
                        Map.of("f", "inf", "d", "infinity", "t", "infinity", "z", "infinity"),
                        Map.of("f", "-inf", "d", "-infinity", "t", "-infinity", "z", "-infinity"));
    }

    @Test
    void keepsAllDigitsOfDecimalsOfEverySizeInParquet() throws Exception {
        write("parquet", decimals());

        assertThat(rows("SELECT d9::VARCHAR AS a, d18::VARCHAR AS b, d38::VARCHAR AS c FROM " + reader("parquet", "")))
                .containsExactly(Map.of(
                        "a", "-9999999.99",
                        "b", "-99999999999999.9999",
                        "c", "-9999999999999999999999999999.0000000001"));
    }

    @Test
    void keepsAllDigitsOfDecimalsInAvro() throws Exception {
        write("avro", decimals());

        GenericRecord row = avro().get(0);
        assertThat(decimal(row, "d9", 2)).isEqualTo("-9999999.99");
        assertThat(decimal(row, "d38", 10)).isEqualTo("-9999999999999999999999999999.0000000001");
    }

    @Test
    void tellsNullFromEmptyTextInCsvAndKeepsWhatLooksLikeASeparator() throws Exception {
        Schema schema = SchemaBuilder.struct()
                .field("a", Schema.OPTIONAL_STRING_SCHEMA)
                .field("b \"x\", y", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Struct[] given = {
            new Struct(schema).put("a", "").put("b \"x\", y", null),
            new Struct(schema).put("a", " blank ").put("b \"x\", y", "\r\n"),
            new Struct(schema).put("a", "a,\"b\"\n,,").put("b \"x\", y", "NULL")
        };

        write("csv", given);

        List<Map<String, @Nullable String>> rows = rows("SELECT * FROM " + reader("csv", "all_varchar = true"));
        assertThat(rows).hasSize(3);
        for (int i = 0; i < given.length; i++) {
            assertThat(rows.get(i))
                    .containsEntry("a", given[i].getString("a"))
                    .containsEntry("b \"x\", y", given[i].getString("b \"x\", y"));
        }
    }

    @Test
    void mendsNamesThatAvroDoesNotAllowAndTellsTheirOwn() throws Exception {
        Schema schema = SchemaBuilder.struct()
                .field("größe", Schema.STRING_SCHEMA)
                .field("gr__e", Schema.STRING_SCHEMA)
                .field("2nd", Schema.STRING_SCHEMA)
                .build();

        write("avro", new Struct(schema).put("größe", "a").put("gr__e", "b").put("2nd", "c"));

        GenericRecord row = avro().get(0);
        assertThat(row.getSchema().getFields())
                .extracting(field -> field.name())
                .containsExactly("gr__e", "gr__e_2", "_2nd");
        assertThat(row.getSchema().getFields().get(0).getProp("millrace.name")).isEqualTo("größe");
        assertThat(row.get("gr__e_2")).hasToString("b");
    }

    @Test
    void keepsListsOfEveryKindInParquet() throws Exception {
        Schema texts = SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).build();
        Schema nested = SchemaBuilder.array(
                        SchemaBuilder.array(Schema.INT64_SCHEMA).build())
                .build();
        Schema schema = SchemaBuilder.struct()
                .field("texts", texts)
                .field("nested", nested)
                .build();

        write(
                "parquet",
                new Struct(schema).put("texts", List.of()).put("nested", List.of(List.of(), List.of(1L, 2L))),
                new Struct(schema).put("texts", Arrays.asList(null, "", "𝄞")).put("nested", List.of()));

        assertThat(rows("SELECT texts::VARCHAR AS t, nested::VARCHAR AS n FROM " + reader("parquet", "")))
                .containsExactly(Map.of("t", "[]", "n", "[[], [1, 2]]"), Map.of("t", "[NULL, '', 𝄞]", "n", "[]"));
    }

    private static Struct decimals() {
        Schema schema = SchemaBuilder.struct()
                .field("d9", decimal(9, 2))
                .field("d18", decimal(18, 4))
                .field("d38", decimal(38, 10))
                .build();
        return new Struct(schema)
                .put("d9", new BigDecimal("-9999999.99"))
                .put("d18", new BigDecimal("-99999999999999.9999"))
                .put("d38", new BigDecimal("-9999999999999999999999999999.0000000001"));
    }

    private static Schema decimal(int precision, int scale) {
        return Decimal.builder(scale)
                .parameter("connect.decimal.precision", String.valueOf(precision))
                .build();
    }

    private static String decimal(GenericRecord row, String name, int scale) {
        return new BigDecimal(new BigInteger(((ByteBuffer) row.get(name)).array()), scale).toPlainString();
    }

    private void write(String format, Struct... rows) {
        Records records = new Records();
        try (DrivenTask task =
                lake.task(Map.of("format.output.type", format, "file.max.records", String.valueOf(rows.length)))) {
            for (Struct row : rows) {
                task.put(records.record("t", null, row));
            }
            assertThat(task.deadLetters()).isEmpty();
        }
    }

    private String reader(String format, String options) {
        String file = "'" + lake.file("t-0-0." + format) + "'";
        return switch (format) {
            case "parquet" -> "read_parquet(" + file + ")";
            case "csv" ->
                "read_csv(" + file + ", header = true, delim = ',', quote = '\"', escape = '\"',"
                        + " allow_quoted_nulls = false, " + options + ")";
            default -> "read_json(" + file + ", format = 'newline_delimited', " + options + ")";
        };
    }

    private static List<Map<String, @Nullable String>> rows(String query) throws Exception {
        try (Duck duck = new Duck()) {
            return duck.rows(query);
        }
    }

    private List<GenericRecord> avro() throws Exception {
        List<GenericRecord> rows = new ArrayList<>();
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(lake.file("t-0-0.avro").toFile(), new GenericDatumReader<>())) {
            reader.forEach(rows::add);
        }
        return rows;
    }
}
