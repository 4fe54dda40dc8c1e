package io.millrace.connect.snapshot.mariadb;

import io.debezium.connector.mariadb.MariaDbConnector;
import io.debezium.connector.mariadb.MariaDbConnectorTask;
import io.millrace.control.TableName;
import io.millrace.control.TopicNames;
import io.millrace.testkit.MariaDbDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Debezium's task with nothing of ours around it, polled until it has delivered a snapshot of its own. */
final class StockTask {
    private final MariaDbDatabase database;

    StockTask(MariaDbDatabase database) {
        this.database = database;
    }

    /** Returns the rows of a table as the snapshot that Debezium takes before it streams has them. */
    List<SourceRecord> initialSnapshot(String table, int rows) {
        Map<String, String> config = Capture.config(
                database, Map.of("snapshot.mode", "initial_only", "connector.class", MariaDbConnector.class.getName()));
        MariaDbConnectorTask task = new MariaDbConnectorTask();
        task.initialize(new TaskContext(config, Map.of()));
        task.start(config);
        try {
            return polled(task, TopicNames.of(Capture.PREFIX, new TableName(database.name(), table)), rows);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Debezium's task was interrupted", e);
        } finally {
            task.stop();
        }
    }

    private static List<SourceRecord> polled(MariaDbConnectorTask task, String topic, int rows)
            throws InterruptedException {
        List<SourceRecord> read = new ArrayList<>();
        long end = System.nanoTime() + Capture.LONG.toNanos();
        while (read.size() < rows) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Debezium delivered " + read.size() + " of " + rows + " rows");
            }
            List<SourceRecord> polled = task.poll();
            (polled == null ? List.<SourceRecord>of() : polled)
                    .stream()
                            .filter(entry -> entry.topic().equals(topic))
                            .filter(entry ->
                                    ((Struct) entry.value()).getString("op").equals("r"))
                            .forEach(read::add);
        }
        return read;
    }
}
