package io.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connector.MemoryEngine;
import io.millrace.connector.ServedConnectors;
import io.millrace.source.SourceConfigs;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store as an earlier version left it, brought up to date. */
@OnEveryStore
class MigrationTest {
    private static final String SOURCE = "66b0f1c9a1b2c3d4e5f60001";
    private static final String RUN = "66b0f1c9a1b2c3d4e5f60002";

    /** A row for each table of version 5; those that others refer to come first. */
    private static final List<Map.Entry<String, String>> ROWS = List.of(
            Map.entry("tenant", "('tenant', 't', 1)"),
            Map.entry("service", "('service', 'tenant', 's', 1)"),
            Map.entry("credential", "('c', 'tenant', 'service', null, 'API', null, 1, 'hash', null)"),
            Map.entry("credential_role", "('c', 'admin')"),
            Map.entry("token", "('h', 'access', 'c', 1, 2)"),
            Map.entry(
                    "source",
                    "('" + SOURCE + "', 'tenant', 'service', 'Shop', 'shop', 'postgresql', '"
                            + SourceConfigs.postgresql("'database.password':null")
                            + "', '{}', 'Pending', 3, 3, null, 1,"
                            + " 1, 'db.example.org:5432', 'shop', 'slot_a', 'pub_a', 'k', 'API', 1768473000000, 0)"),
            Map.entry("source_tag", "('" + SOURCE + "', 0, '670e5ca40afe1d3983ce0c22')"),
            Map.entry(
                    "source_topic",
                    "('66b0f1c9a1b2c3d4e5f60003', '" + SOURCE + "', 'source_" + SOURCE
                            + ".public.orders', 'public', 'orders', 0, 1)"),
            Map.entry("source_object", "('" + SOURCE + "', 'SLOT', 'slot_a', 'MADE')"),
            Map.entry(
                    "source_remnant",
                    "('66b0f1c9a1b2c3d4e5f60004', '66b0f1c9a1b2c3d4e5f60009', 'tenant', 'SLOT', 'old', 'postgresql',"
                            + " '{}', '{}', 'db.example.org:5432', 1, 2, 'refused')"),
            Map.entry("snapshot_source", "('" + SOURCE + "', 4, 4, '" + RUN + "')"),
            Map.entry(
                    "snapshot_run",
                    "('" + RUN + "', '" + SOURCE + "', 'c', 1, 'request', null, '[]', null, null, 'completed', 1, 2,"
                            + " null, 100, null)"),
            Map.entry(
                    "snapshot_topic",
                    "('" + RUN + "', 0, 'source_" + SOURCE + ".public.orders', 'public.orders', 'public', 'orders',"
                            + " '[\"id\"]', null, null, 5, 'exact', 5, 50, '[5]', 100, 100, 'completed', 1, 2, null, null,"
                            + " 0, 4, '[5]', 'position', 5, 5, 3)"),
            Map.entry("snapshot_newest", "('source_" + SOURCE + ".public.orders', '" + RUN + "', 0)"),
            Map.entry(
                    "snapshot_audit",
                    "('66b0f1c9a1b2c3d4e5f60005', 1, 'c', 'execute', '" + SOURCE + "', '" + RUN + "', '[]')"),
            Map.entry("registry_schema", "(7, 'tenant', 'service', 'f', '\"string\"')"),
            Map.entry("registry_subject", "('tenant', 'service', 'orders-value', 0, 1, 1)"),
            Map.entry("registry_version", "('tenant', 'service', 'orders-value', 1, 7, 0, 1)"),
            Map.entry("registry_setting", "('tenant', 'service', '', 'compatibility', 'NONE')"));

    /** Tables that have another name since. */
    private static final Map<String, String> RENAMED = Map.of("source", "connector", "source_tag", "connector_tag");

    private final TestStore database;

    @TempDir
    private Path folder;

    MigrationTest(TestStore database) {
        this.database = database;
    }

    @Test
    void keepsTheRowsOfVersionFiveAndWorks() throws SQLException {
        Flyway.configure(Store.class.getClassLoader())
                .dataSource(database.source(folder))
                .locations("classpath:io/millrace/store/migrations")
                .target("5")
                .load()
                .migrate();
        fill();

        try (ServedConnectors served = new ServedConnectors(database.open(folder), folder, new MemoryEngine())) {
            ROWS.forEach(row -> assertThat(count(served.store(), row.getKey()))
                    .as(row.getKey())
                    .isEqualTo(1));
            assertThat(served.store().<String, RuntimeException>read(handle -> handle.createQuery(
                                    "select slot_name || ' ' || publication_name from source_claim"
                                            + " where source_id = '" + SOURCE + "'")
                            .mapTo(String.class)
                            .one()))
                    .isEqualTo("slot_a pub_a");

            JsonNode source = served.ok("GET", "/sources/" + SOURCE, "").at("/result/0");
            assertThat(source.path("name").asText()).isEqualTo("Shop");
            assertThat(source.path("connector").asText()).isEqualTo("postgresql");
            assertThat(source.at("/config/database.dbname").asText()).isEqualTo("shop");
            String destination = served.ok(
                            "POST",
                            "/destinations?wait=false",
                            SourceConfigs.json("{'name':'Shop','connector':'weaviate','config':{}}"))
                    .path("id")
                    .asText();
            JsonNode pipeline = served.ok(
                    "POST",
                    "/pipelines?wait=false",
                    SourceConfigs.json("{'name':'p','source':{'id':'" + SOURCE
                            + "','name':'Shop','connector':'postgresql','topics':['public.orders']},'destination':{'id':'"
                            + destination + "','name':'Shop','connector':'weaviate'}}"));
            assertThat(pipeline.at("/source/topics/0").asText()).isEqualTo("public.orders");
        }
    }

    private void fill() throws SQLException {
        try (Connection connection = database.source(folder).getConnection();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> row : ROWS) {
                statement.execute("insert into " + row.getKey() + " values " + row.getValue());
            }
        }
    }

    private static long count(Store store, String table) {
        return store.<Long, RuntimeException>read(
                handle -> handle.createQuery("select count(*) from " + RENAMED.getOrDefault(table, table))
                        .mapTo(Long.class)
                        .one());
    }
}
