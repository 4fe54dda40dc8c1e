package io.millrace.bench.pipeline;

import io.millrace.bench.snapshot.BenchTable;
import io.millrace.bench.snapshot.ConnectorConfigs;
import io.millrace.bench.snapshot.Worker;
import io.millrace.control.TableName;
import io.millrace.control.TopicNames;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import io.millrace.engine.ConnectorName;
import io.millrace.engine.ConnectorState;
import io.millrace.engine.TaskStatus;
import io.millrace.engine.TopicSpec;
import io.millrace.source.SourceId;
import io.millrace.store.Ids;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Debezium's connector with its initial snapshot, and Debezium's JDBC sink, which waits for its topic. */
final class StockPair implements Pair {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Ids IDS = new Ids(Clock.systemUTC(), new SecureRandom());

    private final Worker worker;
    private final BenchTable table;
    private final Pace pace;
    private final SourceId id = new SourceId(IDS.next());
    private final String topic;
    private final Map<String, String> source;

    private StockPair(Worker worker, BenchTable table, boolean tuned, Pace pace) {
        this.worker = worker;
        this.table = table;
        this.pace = pace;
        topic = TopicNames.of(id.topicPrefix(), new TableName("public", table.name()));
        ConnectorConfigs configs = new ConnectorConfigs(worker, table.database());
        List<String> tables = List.of(table.name());
        source = new HashMap<>(
                tuned ? configs.stockTuned(id, "avro", tables) : configs.stockDefault(id, "avro", tables));
        source.put("snapshot.mode", "initial");
    }

    /** Puts the sink; it runs when this returns. */
    static StockPair start(Worker worker, BenchTable table, PostgresDatabase to, boolean tuned, Pace pace) {
        StockPair pair = new StockPair(worker, table, tuned, pace);
        worker.engine().kafka().createTopic(new TopicSpec(pair.topic, 1, Map.of()));
        worker.engine().connect().put(new ConnectorName(pair.sink()), pair.sink(to, tuned));
        pair.await("run", pair::runs);
        return pair;
    }

    private Map<String, String> sink(PostgresDatabase to, boolean tuned) {
        Map<String, String> sink = new HashMap<>();
        sink.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
        sink.put("tasks.max", "1");
        sink.put("topics", topic);
        sink.put("connection.url", to.jdbcUrl() + (tuned ? "?reWriteBatchedInserts=true" : ""));
        sink.put("connection.username", PostgresServer.USER);
        sink.put("connection.password", PostgresServer.PASSWORD);
        sink.put("insert.mode", "upsert");
        sink.put("delete.enabled", "true");
        sink.put("primary.key.mode", "record_key");
        sink.put("schema.evolution", "basic");
        sink.put("collection.name.format", Copy.SCHEMA + "." + table.name());
        sink.put("consumer.override.auto.offset.reset", "earliest");
        if (tuned) {
            sink.put("batch.size", "5000");
            sink.put("use.reduction.buffer", "true");
            sink.put("consumer.override.max.poll.records", "5000");
            sink.put("consumer.override.max.partition.fetch.bytes", "8388608");
        }
        source.forEach((key, value) -> {
            if (key.contains("converter")) {
                sink.put(key, value);
            }
        });
        return sink;
    }

    private ConnectorName source() {
        return new ConnectorName("bench_" + id.value());
    }

    @Override
    public String sink() {
        return "bench_sink_" + id.value();
    }

    private boolean runs() {
        List<TaskStatus> tasks = worker.engine().connect().status(new ConnectorName(sink())).stream()
                .flatMap(status -> status.tasks().stream())
                .toList();
        for (TaskStatus task : tasks) {
            if (task.state() == ConnectorState.FAILED) {
                throw new DemoFailure(
                        "Debezium's JDBC sink failed: " + task.trace().orElse(""));
            }
        }
        return tasks.stream().anyMatch(task -> task.state() == ConnectorState.RUNNING);
    }

    @Override
    public void snapshot() {
        worker.engine().connect().put(source(), source);
    }

    private void await(String what, BooleanSupplier look) {
        if (pace.await(PATIENCE, look::getAsBoolean, reached -> reached).isEmpty()) {
            throw new DemoFailure("the stock pair did not " + what + " within " + PATIENCE.toSeconds() + " s");
        }
    }

    @Override
    public void close() {
        worker.engine().connect().delete(source());
        worker.engine().connect().delete(new ConnectorName(sink()));
        await("leave its slot", () -> !slot().equals(Optional.of("t")));
        if (slot().isPresent()) {
            table.database().execute("SELECT pg_drop_replication_slot('" + ConnectorConfigs.slot(id) + "')");
        }
        worker.engine().kafka().deleteTopics(List.of(topic));
    }

    private Optional<String> slot() {
        return table
                .database()
                .query("SELECT active FROM pg_replication_slots WHERE slot_name = '" + ConnectorConfigs.slot(id) + "'")
                .stream()
                .map(row -> row.get(0))
                .findFirst();
    }
}
