package io.millrace.bench.snapshot;

import io.millrace.control.DesiredRun;
import io.millrace.control.DesiredSnapshot;
import io.millrace.control.DesiredTopic;
import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.TableName;
import io.millrace.control.TopicNames;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import io.millrace.engine.ConnectorName;
import io.millrace.engine.ConnectorState;
import io.millrace.engine.ConnectorStatus;
import io.millrace.engine.TopicSpec;
import io.millrace.source.SourceId;
import io.millrace.store.Ids;
import io.millrace.testkit.PostgresDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A connector that streams, with topics and a replication slot of its own; both are gone after it is closed. */
final class Deployed implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Ids IDS = new Ids(Clock.systemUTC(), new SecureRandom());

    private final Worker worker;
    private final PostgresDatabase database;
    private final Contender contender;
    private final List<String> tables;
    private final Pace pace;
    private final SourceId id = new SourceId(IDS.next());
    private final Map<String, String> config;
    private long revision;

    private Deployed(Worker worker, PostgresDatabase database, Contender contender, List<String> tables, Pace pace) {
        this.worker = worker;
        this.database = database;
        this.contender = contender;
        this.tables = List.copyOf(tables);
        this.pace = pace;
        ConnectorConfigs configs = new ConnectorConfigs(worker, database);
        this.config = switch (contender) {
            case STOCK_DEFAULT -> configs.stockDefault(id, contender.format(), tables);
            case STOCK_TUNED -> configs.stockTuned(id, contender.format(), tables);
            default -> configs.ours(id, contender.format(), tables);
        };
    }

    /** Puts a connector for some tables and waits until it streams. */
    static Deployed start(
            Worker worker, PostgresDatabase database, Contender contender, List<String> tables, Pace pace) {
        Deployed deployed = new Deployed(worker, database, contender, tables, pace);
        tables.forEach(table -> worker.engine().kafka().createTopic(new TopicSpec(deployed.topic(table), 1, Map.of())));
        worker.engine().connect().put(deployed.connector(), deployed.config);
        deployed.awaitStreaming();
        return deployed;
    }

    /** Not the name that a source of the platform would have: the platform removes connectors of sources that it has not. */
    private ConnectorName connector() {
        return new ConnectorName("bench_" + id.value());
    }

    String topic(String table) {
        return TopicNames.of(id.topicPrefix(), new TableName("public", table));
    }

    Envelope.Decoder decoder() {
        return worker.decoder(contender.format());
    }

    /** Gives the command to read a whole table, as a user of either would. */
    void snapshot(String table) {
        if (contender.isStock()) {
            database.execute("INSERT INTO " + ConnectorConfigs.SIGNALS + " VALUES ('" + IDS.next()
                    + "', 'execute-snapshot', '{\"data-collections\": [\"public." + table
                    + "\"], \"type\": \"incremental\"}')");
            return;
        }
        DesiredTopic topic = new DesiredTopic(
                topic(table), new TableName("public", table), Intent.RUN, Optional.empty(), Optional.empty());
        DesiredRun run = new DesiredRun(IDS.next(), Intent.RUN, List.of(topic), Optional.empty(), RunTerms.UNLIMITED);
        worker.want(new DesiredSnapshot(id.value(), ++revision, Optional.of(run)));
    }

    /** Takes the task away and waits until the slot is left. */
    void stop() {
        worker.engine().connect().stop(connector());
        await("leave its slot", () -> slot().equals("f"));
    }

    /** Brings the task back, and returns at once. */
    void resume() {
        worker.engine().connect().resume(connector());
    }

    private void awaitStreaming() {
        await("stream", () -> {
            Optional<ConnectorStatus> status = worker.engine().connect().status(connector());
            status.stream()
                    .flatMap(found -> found.tasks().stream())
                    .filter(task -> task.state() == ConnectorState.FAILED)
                    .findFirst()
                    .ifPresent(task -> {
                        throw new DemoFailure("the task of " + contender.label() + " failed: "
                                + task.trace().orElse(""));
                    });
            return slot().equals("t");
        });
        // The slot is in use a moment before the task takes commands.
        pace.rest(Duration.ofSeconds(1));
    }

    private String slot() {
        List<List<String>> rows = database.query(
                "SELECT active FROM pg_replication_slots WHERE slot_name = '" + ConnectorConfigs.slot(id) + "'");
        return rows.isEmpty() ? "" : rows.get(0).get(0);
    }

    private void await(String what, Supplier<Boolean> look) {
        if (pace.await(PATIENCE, look, reached -> reached).isEmpty()) {
            throw new DemoFailure("the connector of " + contender.label() + " did not " + what + " within "
                    + PATIENCE.toSeconds() + " s");
        }
    }

    @Override
    public void close() {
        worker.engine().connect().delete(connector());
        await("leave its slot", () -> !slot().equals("t"));
        if (!slot().isEmpty()) {
            database.execute("SELECT pg_drop_replication_slot('" + ConnectorConfigs.slot(id) + "')");
        }
        worker.engine().kafka().deleteTopics(tables.stream().map(this::topic).toList());
    }
}
