package io.millrace.connect.snapshot.mysql;

import io.debezium.connector.mysql.MySqlConnectorTask;
import io.millrace.connect.snapshot.SnapshottingTask;
import io.millrace.connect.snapshot.binlog.BinlogSnapshotDatabase;
import io.millrace.connect.snapshot.binlog.PlacedStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Debezium's MySQL task with the snapshot engine around it. */
public final class MysqlSourceTask extends SourceTask {
    private final PlacedStream streaming = new PlacedStream(new MySqlConnectorTask());
    private final SnapshottingTask task = new SnapshottingTask(
            streaming,
            config -> new BinlogSnapshotDatabase(
                    new MySqlDialect(config), config, Optional.of(streaming), Clock.systemUTC()));

    @Override
    public String version() {
        return streaming.version();
    }

    @Override
    public void start(Map<String, String> config) {
        task.start(context, config);
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        return task.poll();
    }

    @Override
    public void commitRecord(SourceRecord acknowledged, RecordMetadata metadata) throws InterruptedException {
        task.commitRecord(acknowledged, metadata);
    }

    @Override
    public void commit() throws InterruptedException {
        task.commit();
    }

    @Override
    public void stop() {
        task.stop();
    }
}
