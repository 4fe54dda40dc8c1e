package io.millrace.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.control.RunTerms;
import io.millrace.control.TableName;
import io.millrace.control.TopicProgress;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Password;
import io.millrace.database.TlsMode;
import io.millrace.database.postgresql.PostgresSessions;
import io.millrace.database.postgresql.ReachedPostgres;
import io.millrace.engine.TopicSpec;
import io.millrace.engine.embedded.EmbeddedEngine;
import io.millrace.engine.embedded.EmbeddedSettings;
import io.millrace.store.Ids;
import io.millrace.store.Store;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof at the end, with a real table, its real log and a real topic. */
class CompletenessChecksTest {
    private static final long ROWS = 2000;

    private static EmbeddedEngine engine;
    private static Store store;
    private static PostgresServer server;

    private final FixedSources sources = new FixedSources();
    private final SnapshotRepository repository = new SnapshotRepository(store);
    private final String source = new Ids(Clock.systemUTC(), new Random()).next();
    private final TableTopic topic =
            new TableTopic("source_" + source + ".public.orders", "public.orders", new TableName("public", "orders"));
    private PostgresDatabase database;
    private DecodedStream stream;
    private CompletenessChecks checks;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        engine = EmbeddedEngine.start(
                new EmbeddedSettings(folder.resolve("kafka"), Files.createDirectory(folder.resolve("plugins")), 0),
                (path, key) -> Optional.empty());
        store = Store.sqlite(folder.resolve("millrace.db"));
        server = PostgresServer.shared(18);
    }

    @AfterAll
    static void stop() {
        store.close();
        engine.close();
    }

    @BeforeEach
    void fill() {
        sources.put(source, true, List.of(topic));
        database = server.createDatabase();
        database.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, v bigint DEFAULT 0)",
                "INSERT INTO orders SELECT n FROM generate_series(1, " + ROWS + ") n");
        engine.kafka().createTopic(new TopicSpec(topic.id(), 1, Map.of()));
        stream = new DecodedStream(database, "s_" + source, engine.kafka().clientProperties(), topic.id());
        checks = new CompletenessChecks(
                repository,
                sources,
                new AskedDatabases(found -> new ReachedPostgres(new PostgresSessions().open(address()), "s_" + source)),
                (name, since) -> new TopicFold(consumer(), name, false, since, new RecordForm(id -> Optional.empty())),
                Clock.systemUTC());
    }

    @AfterEach
    void drop() throws SQLException {
        checks.close();
        stream.close();
        database.execute("SELECT pg_drop_replication_slot('s_" + source + "')");
    }

    @Test
    void isCompleteWhenTheTopicHoldsEveryRow() {
        stream.snapshot(ids(1, ROWS));

        assertThat(checked(Optional.empty())).hasValueSatisfying(found -> {
            assertThat(found.complete()).isTrue();
            assertThat(found.rowsInTable()).isEqualTo(ROWS);
            assertThat(found.keysDelivered()).isEqualTo(ROWS);
        });
    }

    @Test
    void isNotCompleteWhenTheSnapshotMissedARow() throws SQLException {
        stream.snapshot(ids(1, 99));
        stream.snapshot(ids(101, ROWS));

        assertThat(checkedWhileStreaming()).hasValueSatisfying(found -> {
            assertThat(found.complete()).isFalse();
            assertThat(found.rowsInTable() - found.keysDelivered()).isEqualTo(1);
        });
    }

    @Test
    void isNotCompleteWhenARowWasTakenOutOfTheTopic() throws SQLException {
        stream.snapshot(ids(1, ROWS));
        stream.lose(7);
        stream.lose(8);

        assertThat(checkedWhileStreaming())
                .hasValueSatisfying(found ->
                        assertThat(found.rowsInTable() - found.keysDelivered()).isEqualTo(2));
    }

    @Test
    void countsWhatTheStreamDelivered() throws SQLException {
        database.execute(
                "UPDATE orders SET v = 1 WHERE id <= 500",
                "DELETE FROM orders WHERE id = 600",
                "INSERT INTO orders VALUES (-1)");
        stream.snapshot(ids(501, ROWS));
        stream.deliver();

        assertThat(checked(Optional.empty()))
                .hasValueSatisfying(found -> assertThat(found.complete()).isTrue())
                .map(Completeness::rowsInTable)
                .contains(ROWS);
    }

    @Test
    void leavesOutWhatTheRangeAndTheFilterLeaveOut() {
        database.execute("INSERT INTO orders SELECT n FROM generate_series(90001, 90050) n");
        stream.snapshot(ids(11, ROWS));

        assertThat(checked(Optional.of("id > 10")))
                .hasValueSatisfying(found -> assertThat(found.complete()).isTrue())
                .map(Completeness::rowsInTable)
                .contains(ROWS - 10);
    }

    @Test
    void saysNothingOfAFilterThatMayDecideDifferentlyLater() {
        stream.snapshot(ids(1, ROWS));

        assertThat(checked(Optional.of("now() > '2020-01-01'"))).isEmpty();
    }

    @Test
    void isRightWhileWritersAreAtWork() throws Exception {
        stream.snapshot(ids(1, 42));
        stream.snapshot(ids(44, ROWS));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<?> work = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> write(1, end), threads),
                CompletableFuture.runAsync(() -> write(2, end), threads),
                CompletableFuture.runAsync(() -> deliver(end), threads));
        try {
            for (int i = 0; i < 5; i++) {
                assertThat(checked(Optional.empty())).hasValueSatisfying(found -> {
                    assertThat(found.rowsInTable() - found.keysDelivered()).isEqualTo(1);
                });
            }
            stream.snapshot(List.of(43L));
            for (int i = 0; i < 5; i++) {
                assertThat(checked(Optional.empty())).hasValueSatisfying(found -> assertThat(found.complete())
                        .isTrue());
            }
        } finally {
            end.complete(null);
            work.get(60, TimeUnit.SECONDS);
            threads.shutdown();
        }
    }

    /** Hot keys come, change and go; keys up to 100 are left alone. */
    private void write(int seed, CompletableFuture<Void> end) {
        Random random = new Random(seed);
        try (Connection session = database.connect();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            while (!end.isDone()) {
                for (int i = 0; i < 1 + random.nextInt(5); i++) {
                    int id = 101 + random.nextInt(50);
                    statement.execute(
                            switch (random.nextInt(3)) {
                                case 0 -> "DELETE FROM orders WHERE id = " + id;
                                case 1 -> "INSERT INTO orders VALUES (" + id + ") ON CONFLICT DO NOTHING";
                                default -> "UPDATE orders SET v = v + 1 WHERE id = " + id;
                            });
                }
                if (random.nextInt(4) == 0) {
                    session.rollback();
                } else {
                    session.commit();
                }
            }
        } catch (SQLException e) {
            if (!"40P01".equals(e.getSQLState())) {
                throw new AssertionError(e);
            }
            write(seed + 1, end);
        }
    }

    private void deliver(CompletableFuture<Void> end) {
        try {
            while (!end.isDone()) {
                stream.deliver();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<Completeness> checkedWhileStreaming() throws SQLException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> streaming = CompletableFuture.runAsync(() -> deliver(end), thread);
        try {
            return checked(Optional.empty());
        } finally {
            end.complete(null);
            streaming.orTimeout(60, TimeUnit.SECONDS).join();
            thread.shutdown();
        }
    }

    /** Makes a run that completed up to the key {@link #ROWS}, and returns what its check came to. */
    private Optional<Completeness> checked(Optional<String> filter) {
        RunId id = new RunId(new Ids(Clock.systemUTC(), new Random()).next());
        RunTopic pending = RunTopic.pending(topic, List.of("id"), filter, Optional.empty(), Optional.empty());
        Run run = Run.pending(
                        id,
                        source,
                        new RunOrder(
                                "tests",
                                Instant.now(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                RunTerms.UNLIMITED,
                                Optional.empty()),
                        List.of(pending))
                .report(Map.of(topic.id(), completed(id)), Instant.now());
        repository.change(source, runs -> {
            runs.insert(run);
            return id;
        });
        // what another test left without an answer comes first
        for (int i = 0; i < 3 && completeness(id).isEmpty(); i++) {
            checks.look(Runnable::run);
        }
        return completeness(id);
    }

    private Optional<Completeness> completeness(RunId id) {
        return repository.find(source, id).orElseThrow().topics().get(0).completeness();
    }

    private TopicProgress completed(RunId run) {
        Optional<JsonNode> last = Optional.of(Runs.key(ROWS));
        return new TopicProgress(
                source,
                run.value(),
                topic.id(),
                io.millrace.control.TopicState.COMPLETED,
                1,
                ROWS,
                ROWS * 100,
                List.of("id"),
                last,
                last,
                Optional.empty(),
                100,
                Optional.of(Instant.now()),
                Optional.of(Instant.now()),
                Optional.empty(),
                Instant.now());
    }

    private DatabaseAddress address() {
        return new DatabaseAddress(
                "127.0.0.1",
                server.port(),
                database.name(),
                PostgresServer.USER,
                new Password(PostgresServer.PASSWORD),
                TlsMode.DISABLE,
                Duration.ofSeconds(5),
                "millrace-test");
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(engine.kafka().clientProperties());
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", false);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<Long> ids(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
