package io.millrace.connect.snapshot.postgresql;

import com.fasterxml.jackson.databind.JsonNode;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.millrace.connect.snapshot.SnapshotEngine;
import io.millrace.connect.snapshot.SnapshotSettings;
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
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.awaitility.Awaitility;

/**
 * A captured database without Kafka: Debezium's task and the engine around it, polled by one thread into a log in memory.
 * Every list that is returned commits whole with its offsets, as a transaction does; {@link #crash} begins anew from the
 * offsets that were committed.
 */
final class Capture implements AutoCloseable {
    static final String SOURCE = "66b0f1c9a1b2c3d4e5f60000";
    static final String PREFIX = "source_" + SOURCE;
    static final Duration LONG = Duration.ofMinutes(3);
    private static final Duration REVIVE_AFTER = Duration.ofMillis(200);

    private final PostgresDatabase database;
    private final Map<String, String> config;
    private final Map<Map<String, ?>, Map<String, Object>> offsets = new ConcurrentHashMap<>();
    private final List<SourceRecord> log = new ArrayList<>();
    private final AtomicLong revision = new AtomicLong();
    private volatile Optional<DesiredSnapshot> desired = Optional.empty();
    private final AtomicInteger lives = new AtomicInteger();
    private volatile boolean running;
    private volatile boolean reviving;
    private volatile Optional<Throwable> failure = Optional.empty();
    private volatile long pauseNanos;
    private Thread poller = new Thread();
    private volatile ExecutorService readers = Executors.newCachedThreadPool();

    private Capture(PostgresDatabase database, Map<String, String> settings) {
        this.database = database;
        this.config = config(database, settings);
    }

    /** Returns what the task is told. */
    static Map<String, String> config(PostgresDatabase database, Map<String, String> settings) {
        Map<String, String> config = new HashMap<>(Map.ofEntries(
                Map.entry("name", PREFIX),
                Map.entry("database.hostname", "127.0.0.1"),
                Map.entry("database.port", String.valueOf(database.server().port())),
                Map.entry("database.user", PostgresServer.USER),
                Map.entry("database.password", PostgresServer.PASSWORD),
                Map.entry("database.dbname", database.name()),
                Map.entry("topic.prefix", PREFIX),
                Map.entry("plugin.name", "pgoutput"),
                Map.entry("slot.name", "slot_" + database.name()),
                Map.entry("publication.name", "pub"),
                Map.entry("publication.autocreate.mode", "all_tables"),
                Map.entry("snapshot.mode", "no_data"),
                Map.entry("poll.interval.ms", "10"),
                Map.entry("interval.handling.mode", "string"),
                Map.entry("extended.headers.enabled", "false"),
                Map.entry("errors.max.retries", "0"),
                Map.entry("topic.naming.strategy", EscapingTopicNaming.class.getName()),
                Map.entry(SnapshotSettings.SOURCE_ID, SOURCE),
                Map.entry(SnapshotSettings.CHUNK_BYTES, "20000")));
        config.putAll(settings);
        return config;
    }

    /** Starts to stream; returns once the slot is in use. */
    static Capture start(PostgresDatabase database, Map<String, String> settings) {
        Capture capture = new Capture(database, settings);
        capture.begin();
        return capture;
    }

    static Capture start(PostgresDatabase database) {
        return start(database, Map.of());
    }

    private void begin() {
        running = true;
        readers = Executors.newCachedThreadPool();
        poller = new Thread(this::poll, "capture");
        poller.start();
        Awaitility.await().atMost(LONG).until(this::isStreaming);
    }

    private boolean isStreaming() {
        checkTask();
        return !database.query("SELECT 1 FROM pg_replication_slots WHERE active AND database = current_database()")
                .isEmpty();
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
        PostgresConnectorTask task = new PostgresConnectorTask();
        Map<String, String> streaming = PostgresSourceConnector.streamingConfig(config);
        try (SnapshotEngine engine = SnapshotEngine.create(
                SnapshotSettings.of(streaming),
                new PostgresSnapshotDatabase(streaming),
                topic -> offsets.get(Map.of("millrace.snapshot", topic)),
                readers,
                Clock.systemUTC(),
                () -> {})) {
            task.initialize(new Context(streaming));
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
                if (entry.topic().startsWith(PREFIX) || entry.topic().equals(ControlTopics.PROGRESS)) {
                    log.add(entry);
                }
                offsets.put(entry.sourcePartition(), Map.copyOf(withoutNulls(entry.sourceOffset())));
            }
            log.notifyAll();
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
        checkTask();
    }

    @Override
    public void close() {
        end();
        String slot = "slot_" + database.name();
        Awaitility.await().atMost(LONG).until(() -> database.query(
                        "SELECT 1 FROM pg_replication_slots WHERE active AND slot_name = '" + slot + "'")
                .isEmpty());
        database.execute("SELECT pg_drop_replication_slot('" + slot + "')");
    }

    /** Makes a run what should run. */
    void want(DesiredRun run) {
        desired = Optional.of(new DesiredSnapshot(SOURCE, revision.incrementAndGet(), Optional.of(run)));
    }

    /** Starts a snapshot of tables of schema public. */
    void snapshot(String runId, String... tables) {
        want(run(runId, Intent.RUN, Optional.empty(), tables));
    }

    static DesiredRun run(String runId, Intent intent, Optional<String> surrogateKey, String... tables) {
        return new DesiredRun(
                runId,
                intent,
                Arrays.stream(tables).map(table -> topic(table, Intent.RUN)).toList(),
                surrogateKey,
                RunTerms.UNLIMITED);
    }

    static DesiredTopic topic(String table, Intent intent) {
        TableName name = new TableName("public", table);
        return new DesiredTopic(
                TopicNames.of(PREFIX, name), name, intent, Optional.empty(), Optional.<JsonNode>empty());
    }

    static String topicOf(String table) {
        return TopicNames.of(PREFIX, new TableName("public", table));
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
        synchronized (log) {
            for (int i = log.size() - 1; i >= 0; i--) {
                if (log.get(i).topic().equals(ControlTopics.PROGRESS)) {
                    TopicProgress progress =
                            ControlJson.read((byte[]) log.get(i).value(), TopicProgress.class);
                    if (progress.topic().equals(topicOf(table))) {
                        return Optional.of(progress);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Waits until the snapshot of a table has come to a row, or is over. (Rows that the stream overtakes are not counted,
     * so their number may stay small.)
     */
    void awaitRow(String table, String keyColumn, long key) {
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> {
            checkTask();
            return newest(table)
                    .filter(progress -> progress.state().isFinal()
                            || progress.lastKey()
                                    .filter(last -> last.get(keyColumn).asLong() >= key)
                                    .isPresent())
                    .isPresent();
        });
    }

    private void checkTask() {
        failure.filter(reason -> !reviving).ifPresent(reason -> {
            throw new IllegalStateException("The task failed", reason);
        });
    }

    /** Waits until a table has come to its end in a run, and returns how. */
    TopicProgress end(String runId, String table) {
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
            checkTask();
            return newest(table)
                    .filter(progress ->
                            progress.runId().equals(runId) && progress.state().isFinal())
                    .isPresent();
        });
        return newest(table).orElseThrow();
    }

    /** Waits until everything that was committed in the database has been streamed. */
    void awaitStreamed() {
        long position = Long.parseLong(database.query("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")
                .get(0)
                .get(0)
                .split("\\.", -1)[0]);
        database.execute(
                "CREATE TABLE IF NOT EXISTS fence (id bigserial PRIMARY KEY)", "INSERT INTO fence DEFAULT VALUES");
        Awaitility.await().atMost(LONG).until(() -> {
            checkTask();
            return log("fence").stream()
                    .anyMatch(entry -> ((Number) entry.sourceOffset().get("lsn")).longValue() >= position);
        });
    }

    private final class Context implements SourceTaskContext {
        private final Map<String, String> configs;

        Context(Map<String, String> configs) {
            this.configs = configs;
        }

        @Override
        public Map<String, String> configs() {
            return configs;
        }

        @Override
        public org.apache.kafka.common.metrics.PluginMetrics pluginMetrics() {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return new OffsetStorageReader() {
                @Override
                public <T> Map<String, Object> offset(Map<String, T> partition) {
                    return offsets.get(partition);
                }

                @Override
                public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
                    Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
                    partitions.forEach(partition -> found.put(partition, offsets.get(partition)));
                    return found;
                }
            };
        }
    }
}
