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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a destination refused is given to it again when it can take it. */
class DeadLettersPipelineTest {
    @TempDir
    private Path data;

    @Test
    void replaysWhatWasRefusedAndPutsNoOldStateOverANewerOne() {
        PostgresDatabase from = PostgresServer.shared(18).createDatabase();
        PostgresDatabase to = PostgresServer.shared(18).createDatabase();
        from.execute("CREATE TABLE orders (id int PRIMARY KEY, note text)");
        try (RunningPlatform platform = RunningPlatform.start(data)) {
            Linked linked = new Linked(platform);
            String source = linked.source("refusing", from, "public.orders");
            String destination = linked.destination("strict", "postgresql", Linked.postgresql(to));
            linked.pipeline(source, destination, "postgresql", "public.orders");
            from.execute("INSERT INTO orders VALUES (1, 'one'), (2, 'two'), (3, 'three')");
            awaitNotes(to, "[[1, one], [2, two], [3, three]]");
            assertThat(letters(platform, destination).path("status").asText()).isEqualTo("not_run");

            to.execute("ALTER TABLE copy.orders ADD CONSTRAINT good CHECK (note <> 'bad')");
            from.execute("UPDATE orders SET note = 'bad' WHERE id = 1");
            from.execute("UPDATE orders SET note = 'bad' WHERE id = 2");
            await().atMost(Linked.PATIENCE).untilAsserted(() -> assertThat(
                            letters(platform, destination).path("waiting").asInt())
                    .isEqualTo(2));
            from.execute("UPDATE orders SET note = 'good' WHERE id = 2");
            awaitNotes(to, "[[1, one], [2, good], [3, three]]");
            to.execute("ALTER TABLE copy.orders DROP CONSTRAINT good");

            JsonNode begun = replay(platform, destination, Map.of());
            from.execute("UPDATE orders SET note = 'meanwhile' WHERE id = 3");

            assertThat(begun.path("to_offset").asLong()
                            - begun.path("from_offset").asLong())
                    .isPositive();
            JsonNode over = awaitOver(platform, destination);
            assertThat(over.path("replayed").asInt()).as(over.toString()).isEqualTo(1);
            assertThat(over.path("superseded").asInt()).isEqualTo(1);
            assertThat(over.path("waiting").asInt()).isZero();
            awaitNotes(to, "[[1, bad], [2, good], [3, meanwhile]]");
            assertThat(to.query("SELECT id FROM copy.orders WHERE _streamkap_offset IS NULL"))
                    .isEmpty();

            to.execute(
                    "UPDATE copy.orders SET note = 'by hand' WHERE id = 1",
                    "ALTER TABLE copy.orders ADD CONSTRAINT good CHECK (note <> 'bad')");
            replay(platform, destination, Map.of("from_offset", 0, "topics", List.of("public.orders")));
            awaitOver(platform, destination);
            await().atMost(Linked.PATIENCE).untilAsserted(() -> assertThat(
                            letters(platform, destination).path("waiting").asInt())
                    .as("refused again")
                    .isEqualTo(1));
            to.execute("ALTER TABLE copy.orders DROP CONSTRAINT good");
            replay(platform, destination, Map.of());
            assertThat(awaitOver(platform, destination).path("replayed").asInt())
                    .as("its own place is known still")
                    .isEqualTo(1);
            awaitNotes(to, "[[1, bad], [2, good], [3, meanwhile]]");
        }
    }

    private static JsonNode letters(RunningPlatform platform, String destination) {
        return platform.send("GET", "/destinations/" + destination + "/dead_letters");
    }

    private static JsonNode replay(RunningPlatform platform, String destination, Map<String, Object> body) {
        return platform.send("POST", "/destinations/" + destination + "/dead_letters/replay", body);
    }

    private static JsonNode awaitOver(RunningPlatform platform, String destination) {
        await().atMost(Linked.PATIENCE).untilAsserted(() -> assertThat(
                        letters(platform, destination).path("status").asText())
                .isEqualTo("completed"));
        return letters(platform, destination);
    }

    private static void awaitNotes(PostgresDatabase to, String rows) {
        await().atMost(Linked.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        to.query("SELECT id, note FROM copy.orders ORDER BY id"))
                .hasToString(rows));
    }
}
