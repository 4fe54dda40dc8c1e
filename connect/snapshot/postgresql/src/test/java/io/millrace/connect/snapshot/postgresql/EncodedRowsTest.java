package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.converters.MillraceConverter;
import io.millrace.connect.snapshot.ChunkLimits;
import io.millrace.connect.snapshot.ChunkRange;
import io.millrace.connect.snapshot.Row;
import io.millrace.connect.snapshot.TableConnection;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.ControlTopics;
import io.millrace.control.TableName;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row that its reader encodes has the bytes that the converter makes of the same row as a struct. */
class EncodedRowsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T10:30:00.123456789Z"), ZoneOffset.UTC);
    private static final ChunkLimits ALL = new ChunkLimits(100_000, Long.MAX_VALUE, 100_000);

    private static Registry registry() throws IOException {
        return new Registry();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "decimal.handling.mode=string time.precision.mode=connect binary.handling.mode=hex"
                        + " hstore.handling.mode=json",
                "decimal.handling.mode=double time.precision.mode=adaptive_time_microseconds"
                        + " interval.handling.mode=string",
                "binary.handling.mode=base64 column.propagate.source.type=.* field.name.adjustment.mode=avro",
                "column.mask.with.5.chars=public.every_type.c1[0-9]"
                        + " column.mask.hash.SHA-256.with.salt.s=public.every_type.c2[0-9]",
                "column.truncate.to.3.chars=.* column.exclude.list=public.every_type.c[3-5]"
            })
    void everyTypeHasTheBytesOfTheConverter(String settings) throws Exception {
        PostgresDatabase database = PostgresServer.shared(18).createDatabase();
        EveryType.create(database);
        EveryType.insert(database);
        try (Registry registry = registry()) {
            int rows = EveryType.rows() + 1;
            assertThat(assertSameBytes(
                            database, EveryType.TABLE, settings, "format=json registry.url=" + registry.url()))
                    .isEqualTo(rows);
            assertThat(assertSameBytes(
                            database, EveryType.TABLE, settings, "format=avro registry.url=" + registry.url()))
                    .isEqualTo(rows);
        }
    }

    /** Compares all rows of a table, and returns how many there are. */
    static int assertSameBytes(PostgresDatabase database, String table, String settings, String converter)
            throws SQLException, TableUnreadableException {
        Map<String, String> config = Capture.config(database, parse(settings));
        List<Row> structs = rows(config, table);
        List<Row> encoded = rows(with(config, parse(converter)), table);
        assertThat(encoded).hasSameSizeAs(structs);
        MillraceConverter keys = converter(converter, true);
        MillraceConverter values = converter(converter, false);
        String topic = Capture.topicOf(table);
        for (int i = 0; i < encoded.size(); i++) {
            Row row = encoded.get(i);
            Row struct = structs.get(i);
            assertThat(row.valueSchema().name()).isEqualTo(ControlTopics.ENCODED_SCHEMA);
            assertThat(text(row.value()))
                    .as("row " + i)
                    .isEqualTo(text(values.fromConnectData(topic, struct.valueSchema(), struct.value())));
            assertThat(row.value()).isEqualTo(values.fromConnectData(topic, struct.valueSchema(), struct.value()));
            assertThat(row.key()).isEqualTo(keys.fromConnectData(topic, struct.keySchema(), struct.key()));
            assertThat(row.identifying()).isEqualTo(struct.identifying());
            assertThat(headers(keys, topic, row.keySchema(), row.key()))
                    .isEqualTo(headers(keys, topic, struct.keySchema(), struct.key()));
            assertThat(headers(values, topic, row.valueSchema(), row.value()))
                    .isEqualTo(headers(values, topic, struct.valueSchema(), struct.value()))
                    .hasSize(converter.contains("json registry") ? 1 : 0);
        }
        return encoded.size();
    }

    /** Returns what a converter puts beside a record. */
    private static List<Header> headers(
            MillraceConverter converter, String topic, @Nullable Schema schema, @Nullable Object value) {
        RecordHeaders headers = new RecordHeaders();
        converter.fromConnectData(topic, headers, schema, value);
        return List.of(headers.toArray());
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @Test
    void withoutAFormThatCanBeHadRowsStayStructs() throws Exception {
        PostgresDatabase database = PostgresServer.shared(18).createDatabase();
        database.execute(
                "CREATE TABLE " + EveryType.TABLE + " (id int PRIMARY KEY)", "INSERT INTO every_type VALUES (1)");
        Map<String, String> config = Capture.config(database, Map.of());

        for (String converter : List.of(
                "format=json schemas.enable=true", "format=avro registry.wait.ms=0 registry.url=http://127.0.0.1:1")) {
            assertThat(rows(with(config, parse(converter)), EveryType.TABLE))
                    .singleElement()
                    .satisfies(row -> assertThat(row.valueSchema().name()).endsWith(".Envelope"));
        }
    }

    private static List<Row> rows(Map<String, String> config, String table)
            throws SQLException, TableUnreadableException {
        List<Row> rows = new ArrayList<>();
        try (TableConnection connection = new PostgresSnapshotDatabase(config, CLOCK)
                .open(new TableName("public", table), Optional.empty(), Optional.empty())) {
            ChunkRange everything = new ChunkRange(Optional.empty(), connection.greatestKey(), Optional.empty());
            connection.read(everything, ALL).batches().forEach(batch -> rows.addAll(batch.rows()));
        }
        return rows;
    }

    private static Map<String, String> with(Map<String, String> config, Map<String, String> converter) {
        Map<String, String> all = new HashMap<>(config);
        for (String name : List.of("key.converter", "value.converter")) {
            all.put(name, MillraceConverter.class.getName());
            converter.forEach((setting, value) -> all.put(name + "." + setting, value));
        }
        return all;
    }

    private static MillraceConverter converter(String settings, boolean isKey) {
        MillraceConverter converter = new MillraceConverter();
        converter.configure(parse(settings), isKey);
        return converter;
    }

    private static Map<String, String> parse(String settings) {
        Map<String, String> parsed = new HashMap<>();
        for (String setting : settings.split(" ", -1)) {
            if (!setting.isEmpty()) {
                parsed.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
            }
        }
        return parsed;
    }
}
