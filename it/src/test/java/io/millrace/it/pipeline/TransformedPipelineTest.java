package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are changed on their way from one database into another. */
class TransformedPipelineTest {
    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(16);
        platform = RunningPlatform.start(data);
    }

    @AfterAll
    static void stop() {
        platform.close();
        server.close();
    }

    @Test
    void writesRowsAsTheKeysOfTheDestinationSay() {
        Linked linked = new Linked(platform);
        PostgresDatabase from = server.createDatabase();
        PostgresDatabase to = server.createDatabase();
        from.execute(
                "CREATE TABLE \"Sold items\" (id bigint PRIMARY KEY, total text, tags text[], note text, secret text)",
                "INSERT INTO \"Sold items\" VALUES (1, '12.50', '{a,b}', 'one', 's')");
        String source = linked.source("transformed", from, "public.Sold items");
        Map<String, Object> config = Linked.postgresql(
                to,
                "transforms.ToDecimalJ.fields.include.list",
                "Sold items.total",
                "transforms.ToJsonbJ.convert.all.complex.types.user.defined",
                true,
                "transforms.StringReplace.fields.include.list",
                "*.note",
                "transforms.StringReplace.regex.patterns",
                "(o)ne",
                "transforms.StringReplace.replacement.values",
                "$1ther",
                "transforms.CopyField.copy.field.mapping",
                "id:id_text",
                "transforms.ToStringJ.fields.include.list",
                "public.Sold items.id_text",
                "transforms.RenameFields.renames.user.defined",
                "{\"Sold items.id\": \"number\"}",
                "transforms.DropFields.fields.include.list",
                "Sold items.secret",
                "topic2table.map.user.defined",
                true,
                "transforms.changeTopicName.mapping",
                "public.Sold items:sold");
        String destination = linked.destination("transformed", "postgresql", config);
        linked.pipeline(source, destination, "postgresql", "public.Sold_u0020items");
        platform.send(
                "PUT",
                "/destinations/" + destination + "/smt-chain",
                Map.of(
                        "transforms",
                        List.of(Map.of(
                                "type",
                                "org.apache.kafka.connect.transforms.InsertField$Value",
                                "name",
                                "origin",
                                "enabled",
                                true,
                                "config",
                                Map.of("static.field", "origin", "static.value", "shop")))));
        linked.snapshot(source, "public.Sold_u0020items");
        from.execute(
                "INSERT INTO \"Sold items\" VALUES (2, '3', null, 'two', 's'), (3, '4', null, 'gone', 's')",
                "DELETE FROM \"Sold items\" WHERE id = 3");

        await().atMost(Linked.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        to.query(
                                "SELECT number, id_text, round(total, 2), coalesce(tags::text, 'none'), note, origin FROM copy.sold ORDER BY 1"))
                .isEqualTo(List.of(
                        List.of("1", "1", "12.50", "[\"a\", \"b\"]", "other", "shop"),
                        List.of("2", "2", "3.00", "none", "two", "shop"))));
        assertThat(to.query("SELECT string_agg(column_name || ' ' || data_type, ', ' ORDER BY column_name)"
                        + " FROM information_schema.columns WHERE table_schema = 'copy' AND table_name = 'sold'"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "__deleted text, _streamkap_offset bigint, _streamkap_source_ts_ms bigint,"
                                                + " _streamkap_ts_ms bigint, id_text text, note text, number bigint, origin text, tags jsonb, total numeric")));
    }
}
