package io.millrace.connect.snapshot.mariadb;

import com.fasterxml.jackson.databind.JsonNode;
import io.debezium.connector.mariadb.MariaDbConnectorTask;
import io.millrace.connect.snapshot.SnapshotEngine;
import io.millrace.connect.snapshot.SnapshotSettings;
import io.millrace.connect.snapshot.binlog.BinlogSnapshotDatabase;
import io.millrace.connect.snapshot.binlog.EscapingTopicNaming;
import io.millrace.connect.snapshot.binlog.PlacedStream;
import io.millrace.control.ControlJson;
import io.millrace.control.ControlTopics;
import io.millrace.control.DesiredRun;
import io.millrace.control.DesiredSnapshot;
import io.millrace.control.DesiredTopic;
import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.TableName;
import io.millrace.control.TopicNames;
import io.millrace.control.TopicProgress;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;

/**
 * A captured database without Kafka: Debezium's task and the engine around it, polled by one thread into a log in memory.
 * Every list that is returned commits whole with its offsets, as a transaction does; {@link #crash} begins anew from the
 * offsets that were committed.
 */
final class Capture implements AutoCloseable {
    static final String SOURCE = "66b0f1c9a1b2c3d4e5f60000";
    static final String PREFIX = "source_" + SOURCE;
    static final Duration LONG = Duration.ofMinutes(2);

    private static final Duration REVIVE_AFTER = Duration.ofMillis(200);

    private static final AtomicInteger SERVER_IDS = new AtomicInteger(5000);

    private final MariaDbDatabase database;
    private final Path history;
    private final Map<String, String> config;
    private final Map<Map<String, ?>, Map<String, Object>> offsets = new ConcurrentHashMap<>();
    private final List<SourceRecord> log = new ArrayList<>();
    private final AtomicLong revision = new AtomicLong();
    private volatile Optional<DesiredSnapshot> desired = Optional.empty();
    private volatile boolean running;
    private volatile Optional<Throwable> failure = Optional.empty();
    private volatile long pauseNanos;
    private volatile boolean reviving;
    private final AtomicInteger lives = new AtomicInteger();
    private Thread poller = new Thread();
    private ExecutorService readers = Executors.newCachedThreadPool();

    private Capture(MariaDbDatabase database, Map<String, String> settings) {
        this.database = database;
        this.history = historyFile();
        this.config = config(database, history, settings);
    }

    private static Path historyFile() {
        try {
            Path file = Files.createTempFile("millrace-history-", ".json");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what the task is told. */
    static Map<String, String> config(MariaDbDatabase database, Map<String, String> settings) {
        return config(database, historyFile(), settings);
    }

    private static Map<String, String> config(MariaDbDatabase database, Path history, Map<String, String> settings) {
        Map<String, String> config = new HashMap<>(Map.ofEntries(
                Map.entry("name", PREFIX),
                Map.entry("database.hostname", "127.0.0.1"),
                Map.entry("database.port", String.valueOf(database.server().port())),
                Map.entry("database.user", MariaDbServer.USER),
                Map.entry("database.password", MariaDbServer.PASSWORD),
                Map.entry("database.server.id", String.valueOf(SERVER_IDS.incrementAndGet())),
                Map.entry("database.ssl.mode", "disable"),
                Map.entry("database.include.list", database.name()),
                // a sequence is logged as a table that Debezium does not know
                Map.entry("table.exclude.list", database.name() + "\\..*" + Writers.SEQUENCE),
                Map.entry("topic.prefix", PREFIX),
                Map.entry("snapshot.mode", "no_data"),
                Map.entry("snapshot.locking.mode", "none"),
                Map.entry("include.schema.changes", "false"),
                Map.entry("schema.history.internal", "io.debezium.storage.file.history.FileSchemaHistory"),
                Map.entry("schema.history.internal.file.filename", history.toString()),
                Map.entry("poll.interval.ms", "10"),
                Map.entry("extended.headers.enabled", "false"),
                Map.entry("topic.naming.strategy", EscapingTopicNaming.class.getName()),
                Map.entry(SnapshotSettings.SOURCE_ID, SOURCE),
                Map.entry(SnapshotSettings.CHUNK_BYTES, "20000")));
        config.putAll(settings);
        return config;
    }

    /** Starts to stream; returns once a change comes out of the stream. */
    static Capture start(MariaDbDatabase database, Map<String, String> settings) {
        database.execute("CREATE TABLE IF NOT EXISTS fence (id bigint AUTO_INCREMENT PRIMARY KEY)");
        Capture capture = new Capture(database, settings);
        capture.begin();
        return capture;
    }

    static Capture start(MariaDbDatabase database) {
        return start(database, Map.of());
    }

    /** Starts to stream and returns at once; nothing is written by that. */
    static Capture startUnseen(MariaDbDatabase database) {
        Capture capture = new Capture(database, Map.of());
        capture.launch();
        return capture;
    }

    private void begin() {
        launch();
        awaitStreaming();
    }

    private void launch() {
        running = true;
        readers = Executors.newCachedThreadPool();
        poller = new Thread(this::poll, "capture");
        poller.start();
    }

    /** A first change may lie before the place that the stream begins at. */
    private void awaitStreaming() {
        int before = log("fence").size();
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(100)).until(() -> {
            failIfFailed();
            database.execute("INSERT INTO fence VALUES ()");
            return log("fence").size() > before;
        });
    }

    private void poll() {
        live();
        while (running && reviving) {
            failure = Optional.empty();
            LockSupport.parkNanos(REVIVE_AFTER.toNanos());
            readers = Executors.newCachedThreadPool();
            live();
        }
    }

    private void live() {
        lives.incrementAndGet();
        Map<String, String> streaming = MariadbSourceConnector.streamingConfig(config);
        PlacedStream task = new PlacedStream(new MariaDbConnectorTask());
        try (SnapshotEngine engine = SnapshotEngine.create(
                SnapshotSettings.of(streaming),
                new BinlogSnapshotDatabase(
                        new MariaDbDialect(streaming), streaming, Optional.of(task), Clock.systemUTC()),
                topic -> offsets.get(Map.of("millrace.snapshot", topic)),
                readers,
                Clock.systemUTC(),
                () -> {})) {
            task.initialize(new TaskContext(streaming, offsets));
            task.start(streaming);
            while (running) {
                desired.ifPresent(engine::apply);
                List<SourceRecord> due = engine.announcements();
                if (due.isEmpty()) {
                    List<SourceRecord> streamed = engine.isHeld() ? null : task.poll();
                    due = engine.process(streamed == null ? List.of() : streamed);
                    due.addAll(engine.handOver());
                }
                commit(due);
                due.forEach(SnapshotEngine::acknowledge);
                LockSupport.parkNanos(pauseNanos);
            }
        } catch (Throwable e) {
            failure = Optional.of(e);
        } finally {
            task.stop();
            readers.shutdown();
        }
    }

    private void commit(List<SourceRecord> list) {
        synchronized (log) {
            for (SourceRecord entry : list) {
                log.add(entry);
                offsets.put(entry.sourcePartition(), Map.copyOf(withoutNulls(entry.sourceOffset())));
            }
        }
    }

    private static Map<String, Object> withoutNulls(Map<String, ?> offset) {
        Map<String, Object> copy = new HashMap<>();
        offset.forEach((name, value) -> {
            if (value != null) {
                copy.put(name, value);
            }
        });
        return copy;
    }

    /** Lets the task begin anew whenever it fails, as the platform does, instead of telling of it. */
    Capture revive() {
        reviving = true;
        return this;
    }

    /** Returns how often the task was started. */
    int lives() {
        return lives.get();
    }

    /** Slows the task down, so that the stream falls behind. */
    void pauseBetweenPolls(Duration pause) {
        pauseNanos = pause.toNanos();
    }

    /** Ends the task without notice, and starts it anew from what was committed. */
    void crash() {
        end();
        begin();
    }

    private void end() {
        running = false;
        try {
            poller.join(LONG.toMillis());
            if (!readers.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("A reader did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failIfFailed();
    }

    private void failIfFailed() {
        failure.filter(reason -> !reviving).ifPresent(reason -> {
            throw new IllegalStateException("The task failed", reason);
        });
    }

    /** Waits until the task fails, and returns why. */
    Throwable failed() {
        Awaitility.await().atMost(LONG).until(() -> failure.isPresent());
        Throwable reason = failure.orElseThrow();
        failure = Optional.empty();
        return reason;
    }

    @Override
    public void close() {
        end();
    }

    /** Makes a run what should run. */
    void want(DesiredRun run) {
        desired = Optional.of(new DesiredSnapshot(SOURCE, revision.incrementAndGet(), Optional.of(run)));
    }

    /** Starts a snapshot of tables of the database. */
    void snapshot(String runId, String... tables) {
        want(run(runId, Intent.RUN, Optional.empty(), tables));
    }

    DesiredRun run(String runId, Intent intent, Optional<String> surrogateKey, String... tables) {
        return new DesiredRun(
                runId,
                intent,
                Arrays.stream(tables).map(table -> topic(table, Intent.RUN)).toList(),
                surrogateKey,
                RunTerms.UNLIMITED);
    }

    /** Returns a blocking run. */
    DesiredRun blocking(Intent intent, RunTerms terms, String... tables) {
        return new DesiredRun(
                "r1",
                intent,
                Arrays.stream(tables).map(table -> topic(table, Intent.RUN)).toList(),
                Optional.empty(),
                terms);
    }

    DesiredTopic topic(String table, Intent intent) {
        TableName name = new TableName(database.name(), table);
        return new DesiredTopic(topicOf(table), name, intent, Optional.empty(), Optional.<JsonNode>empty());
    }

    String topicOf(String table) {
        return TopicNames.of(PREFIX, new TableName(database.name(), table));
    }

    /** Returns everything that was committed so far, in order. */
    List<SourceRecord> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    /** Returns the records of a table's topic, in order. */
    List<SourceRecord> log(String table) {
        return log().stream()
                .filter(entry -> entry.topic().equals(topicOf(table)))
                .toList();
    }

    /** Returns the operations of a table's topic, in order. */
    List<String> operations(String table) {
        return log(table).stream()
                .filter(entry -> entry.value() != null)
                .map(entry -> ((Struct) entry.value()).getString("op"))
                .toList();
    }

    /** Returns the progress records of a table, in order. */
    List<TopicProgress> progress(String table) {
        return log().stream()
                .filter(entry -> entry.topic().equals(ControlTopics.PROGRESS))
                .map(entry -> ControlJson.read((byte[]) entry.value(), TopicProgress.class))
                .filter(progress -> progress.topic().equals(topicOf(table)))
                .toList();
    }

    /** Returns the newest progress of a table. */
    Optional<TopicProgress> newest(String table) {
        List<TopicProgress> all = progress(table);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Waits until a table has come to its end in a run, and returns how. */
    TopicProgress end(String runId, String table) {
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
            failIfFailed();
            return newest(table)
                    .filter(progress ->
                            progress.runId().equals(runId) && progress.state().isFinal())
                    .isPresent();
        });
        return newest(table).orElseThrow();
    }

    /** Waits until everything that was committed in the database has been streamed. */
    void awaitStreamed() {
        String id = database.query("INSERT INTO fence VALUES () RETURNING id")
                .get(0)
                .get(0);
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
            failIfFailed();
            return log("fence").stream()
                    .anyMatch(entry ->
                            ((Struct) entry.key()).getInt64("id").toString().equals(id));
        });
    }
}
