package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.millrace.testkit.PostgresDatabase;
import io.millrace.testkit.PostgresServer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** Debezium's task with nothing of ours around it, polled until it has delivered a snapshot of its own. */
final class StockTask {
    private static final String SIGNALS = "signals";

    private final PostgresDatabase database;
    private final Map<String, String> config;

    StockTask(PostgresDatabase database) {
        this.database = database;
        this.config = new HashMap<>(Map.ofEntries(
                Map.entry("name", "stock"),
                Map.entry("connector.class", PostgresConnector.class.getName()),
                Map.entry("database.hostname", "127.0.0.1"),
                Map.entry("database.port", String.valueOf(database.server().port())),
                Map.entry("database.user", PostgresServer.USER),
                Map.entry("database.password", PostgresServer.PASSWORD),
                Map.entry("database.dbname", database.name()),
                Map.entry("topic.prefix", Capture.PREFIX),
                Map.entry("plugin.name", "pgoutput"),
                Map.entry("slot.name", "stock_" + database.name()),
                Map.entry("slot.drop.on.stop", "true"),
                Map.entry("publication.name", "stock"),
                Map.entry("poll.interval.ms", "10"),
                Map.entry("interval.handling.mode", "string"),
                Map.entry("extended.headers.enabled", "false")));
    }

    /** Returns the rows of a table as the snapshot that Debezium takes before it streams has them. */
    List<SourceRecord> initialSnapshot(String table, int rows) {
        config.put("snapshot.mode", "initial_only");
        return snapshot(table, rows);
    }

    /** Returns the rows of a table as Debezium's incremental snapshot, asked for by a row in a table of signals, has them. */
    List<SourceRecord> incrementalSnapshot(String table, int rows) {
        config.put("snapshot.mode", "no_data");
        config.put("signal.data.collection", "public." + SIGNALS);
        config.put("signal.poll.interval.ms", "100");
        config.put("table.include.list", "public." + table + ",public." + SIGNALS);
        database.execute("CREATE TABLE " + SIGNALS + " (id text PRIMARY KEY, type text, data text)");
        return snapshot(table, rows);
    }

    private List<SourceRecord> snapshot(String table, int rows) {
        PostgresConnectorTask task = new PostgresConnectorTask();
        task.initialize(new Context(config));
        task.start(config);
        try {
            return polled(task, table, rows);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Debezium's task was interrupted", e);
        } finally {
            task.stop();
        }
    }

    private List<SourceRecord> polled(PostgresConnectorTask task, String table, int rows) throws InterruptedException {
        List<SourceRecord> read = new ArrayList<>();
        long end = System.nanoTime() + Capture.LONG.toNanos();
        boolean asked = !config.containsKey("signal.data.collection");
        while (read.size() < rows) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Debezium delivered " + read.size() + " of " + rows + " rows");
            }
            if (!asked && isStreaming()) {
                database.execute("INSERT INTO " + SIGNALS + " VALUES ('s1', 'execute-snapshot', "
                        + "'{\"type\": \"incremental\", \"data-collections\": [\"public." + table + "\"]}')");
                asked = true;
            }
            List<SourceRecord> polled = task.poll();
            (polled == null ? List.<SourceRecord>of() : polled)
                    .stream()
                            .filter(entry -> entry.topic().equals(Capture.topicOf(table)))
                            .filter(entry ->
                                    ((Struct) entry.value()).getString("op").equals("r"))
                            .forEach(read::add);
        }
        return read;
    }

    private boolean isStreaming() {
        return !database.query("SELECT 1 FROM pg_replication_slots WHERE active AND slot_name = 'stock_"
                        + database.name() + "'")
                .isEmpty();
    }

    /** A first start: nothing was committed. */
    private record Context(Map<String, String> configs) implements SourceTaskContext {
        @Override
        public PluginMetrics pluginMetrics() {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return new OffsetStorageReader() {
                @Override
                public <T> Map<String, Object> offset(Map<String, T> partition) {
                    return null;
                }

                @Override
                public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
                    return Map.of();
                }
            };
        }
    }
}
