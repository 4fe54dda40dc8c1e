package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.it.source.RunningPlatform;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of every type of MariaDB, by snapshot and by stream, read back from PostgreSQL and DuckDB. */
class MariaDbTypesArriveTest {
    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static PostgresServer server;
    private static MariaDbServer mariadb;
    private static Linked linked;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(16);
        mariadb = MariaDbServer.start();
        platform = RunningPlatform.start(data);
        linked = new Linked(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
        mariadb.close();
        server.close();
    }

    @Test
    void readBackEqualFromPostgresqlAndDuckDb() {
        MariaDbDatabase from = mariadb.createDatabase();
        PostgresDatabase postgresql = server.createDatabase();
        MariaDbTypes.fill(from);
        String table = from.name() + "." + MariaDbTypes.TABLE;
        String source = source(from, table);
        Map<String, String> destinations = new LinkedHashMap<>();
        destinations.put("postgresql", linked.destination("types", "postgresql", Linked.postgresql(postgresql)));
        destinations.put(
                "duckdb",
                linked.destination(
                        "types of duckdb",
                        "duckdb",
                        Map.of("duckdb.database", "types", "table.name.prefix", "copy", "hard.delete", true)));
        destinations.forEach((code, id) -> linked.pipelineOf("mariadb", source, id, code, table));
        linked.snapshot(source, table);
        MariaDbTypes.insertAgain(from);

        destinations.values().forEach(id -> linked.awaitTaken(id, "source_" + source + "." + table));
        List<String> problems = new ArrayList<>();
        destinations.forEach(
                (code, id) -> linked.refusals(id).forEach(refusal -> problems.add(code + " refused: " + refusal)));
        for (MariaDbTypes.Copy copy :
                List.of(new InPostgresql(postgresql), new InDuckDb(data.resolve("duckdb/types.duckdb")))) {
            MariaDbTypes.differences(copy)
                    .forEach(difference -> problems.add(copy.getClass().getSimpleName() + " " + difference));
        }
        assertThat(String.join("\n", problems)).isEmpty();
    }

    private static String source(MariaDbDatabase database, String table) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("database.hostname.user.defined", "127.0.0.1");
        config.put("database.port.user.defined", database.server().port());
        config.put("database.user", MariaDbServer.USER);
        config.put("database.password", MariaDbServer.PASSWORD);
        config.put("database.ssl.mode", "disable");
        config.put("database.include.list.user.defined", database.name());
        config.put("table.include.list.user.defined", table);
        JsonNode source = platform.send(
                "POST", "/sources", Map.of("name", "types of mariadb", "connector", "mariadb", "config", config));
        String id = Linked.id(source);
        await().atMost(Linked.PATIENCE).untilAsserted(() -> assertThat(platform.send("GET", "/sources/" + id)
                        .at("/result/0/connector_status")
                        .asText())
                .isEqualTo("Active"));
        return id;
    }

    private record InPostgresql(PostgresDatabase database) implements MariaDbTypes.Copy {
        @Override
        public int product() {
            return 0;
        }

        @Override
        public List<List<String>> query(String sql) {
            return database.query(sql);
        }

        @Override
        public String table() {
            return "copy." + MariaDbTypes.TABLE;
        }

        @Override
        public List<String> types() {
            return database
                    .query(
                            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'copy.every_type'::regclass"
                                    + " AND attname ~ '^c[0-9]+$' ORDER BY substr(attname, 2)::int")
                    .stream()
                    .map(row -> row.get(0))
                    .toList();
        }

        @Override
        public String text(String type, String column) {
            return switch (type) {
                case "bytea" -> "encode(" + column + ", 'hex')";
                case "timestamp with time zone" -> "(" + column + " AT TIME ZONE 'UTC')::text";
                default -> column + "::text";
            };
        }
    }

    /** The sink lets go of the file when nothing has come for a while. */
    private record InDuckDb(Path file) implements MariaDbTypes.Copy {
        @Override
        public int product() {
            return 2;
        }

        @Override
        public List<List<String>> query(String sql) {
            return await().atMost(Linked.PATIENCE).ignoreExceptions().until(() -> read(sql), rows -> true);
        }

        private List<List<String>> read(String sql) throws SQLException {
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                List<List<String>> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(List.of(String.valueOf(result.getString(1))));
                }
                return rows;
            }
        }

        @Override
        public String table() {
            return "copy." + MariaDbTypes.TABLE;
        }

        @Override
        public List<String> types() {
            return query("SELECT data_type FROM duckdb_columns() WHERE schema_name = 'copy' AND column_name ~ 'c[0-9]+'"
                            + " ORDER BY substr(column_name, 2)::int")
                    .stream()
                    .map(row -> row.get(0))
                    .toList();
        }

        @Override
        public String text(String type, String column) {
            return switch (type) {
                case "BLOB" -> "lower(hex(" + column + "))";
                case "TIMESTAMP WITH TIME ZONE" -> "(" + column + " AT TIME ZONE 'UTC')::VARCHAR";
                default -> column + "::VARCHAR";
            };
        }
    }
}
