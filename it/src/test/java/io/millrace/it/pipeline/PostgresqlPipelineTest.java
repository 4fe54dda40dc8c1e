package io.millrace.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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

class PostgresqlPipelineTest {
    @TempDir
    private static Path data;

    private static RunningPlatform platform;
    private static PostgresServer server;
    private static Linked linked;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(16);
        platform = RunningPlatform.start(data);
        linked = new Linked(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
        server.close();
    }

    @Test
    void keepsTablesInStepThroughSnapshotChangesAndSchemaChanges() {
        PostgresDatabase from = server.createDatabase();
        PostgresDatabase to = server.createDatabase();
        from.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, note text, price numeric(10,2), doc text)",
                "INSERT INTO orders SELECT n, 'order ' || n, n / 7.0, repeat(md5(n::text), 200)"
                        + " FROM generate_series(1, 2000) n");
        String source = linked.source("in_step", from, "public.orders");
        String destination = linked.destination("copy", "postgresql", Linked.postgresql(to));
        linked.pipeline(source, destination, "postgresql", "public.orders");
        linked.snapshot(source, "public.orders");

        // The document stays as it is, and is not in the log.
        from.execute(
                "UPDATE orders SET note = 'changed' WHERE id % 10 = 0",
                "DELETE FROM orders WHERE id % 100 = 1",
                "ALTER TABLE orders ADD COLUMN extra integer",
                "INSERT INTO orders VALUES (3000, 'new', 1, 'x', 5)",
                "ALTER TABLE orders ALTER COLUMN extra TYPE bigint",
                "INSERT INTO orders VALUES (3001, 'new', 1, 'x', 5000000000)",
                "ALTER TABLE orders DROP COLUMN note",
                "UPDATE orders SET price = 9 WHERE id = 2");

        awaitEqual(
                from,
                "SELECT id, price, doc, extra FROM orders ORDER BY id",
                to,
                "SELECT id, price, doc, extra FROM copy.orders ORDER BY id");
        assertThat(to.query("SELECT note FROM copy.orders WHERE id = 10")).containsExactly(List.of("changed"));
        assertThat(to.query("SELECT note FROM copy.orders WHERE id = 3000")).containsExactly(List.of("new"));

        from.execute("TRUNCATE orders", "INSERT INTO orders VALUES (1, 2, 'y', 3)");
        awaitEqual(
                from, "SELECT id, price, doc, extra FROM orders", to, "SELECT id, price, doc, extra FROM copy.orders");
    }

    @Test
    void isBrokenWithAWrongPasswordAndCatchesUpWhenItIsPutRight() {
        PostgresDatabase from = server.createDatabase();
        PostgresDatabase to = server.createDatabase();
        from.execute("CREATE TABLE t (id int PRIMARY KEY)");
        String source = linked.source("wrong_password", from, "public.t");
        Map<String, Object> config = Linked.postgresql(to, "connection.password", "wrong");
        String destination = linked.destination("locked out", "postgresql", config);
        linked.pipeline(source, destination, "postgresql", "public.t");

        assertThat(linked.awaitState(destination, "Broken")
                        .path("connector_status_reason")
                        .asText())
                .contains("the user name or the password is wrong");
        from.execute("INSERT INTO t SELECT generate_series(1, 100)");

        platform.send(
                "PUT",
                "/destinations/" + destination,
                Map.of("name", "locked out", "connector", "postgresql", "config", Linked.postgresql(to)));

        linked.awaitState(destination, "Active");
        awaitEqual(from, "SELECT count(*) FROM t", to, "SELECT count(*) FROM copy.t");
    }

    @Test
    void bringsEverythingAgainThatTopicsHoldAfterAReset() {
        PostgresDatabase from = server.createDatabase();
        PostgresDatabase to = server.createDatabase();
        from.execute("CREATE TABLE t (id int PRIMARY KEY)");
        String source = linked.source("begun_anew", from, "public.t");
        String destination = linked.destination("anew", "postgresql", Linked.postgresql(to));
        String pipeline = linked.pipeline(source, destination, "postgresql", "public.t");
        from.execute("INSERT INTO t SELECT generate_series(1, 100)");
        awaitEqual(from, "SELECT count(*) FROM t", to, "SELECT count(*) FROM copy.t");
        linked.awaitTaken(destination, "source_" + source + ".public.t");

        JsonNode stopped = platform.send("POST", "/pipelines/" + pipeline + "/actions/reset");
        to.execute("DELETE FROM copy.t");
        from.execute("INSERT INTO t VALUES (101)");
        platform.send("POST", "/pipelines/" + pipeline + "/actions/resume");

        assertThat(stopped.path("status").asText()).isEqualTo("Stopped");
        awaitEqual(from, "SELECT count(*) FROM t", to, "SELECT count(*) FROM copy.t");
    }

    private static void awaitEqual(PostgresDatabase from, String expected, PostgresDatabase to, String query) {
        await().atMost(Linked.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(to.query(query))
                .isEqualTo(from.query(expected)));
    }
}
