package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.millrace.connect.snapshot.SnapshottingTask;
import io.millrace.connect.snapshot.debezium.PromptQueue;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Debezium's PostgreSQL task with the snapshot engine around it. */
public final class PostgresSourceTask extends SourceTask {
    private final PostgresConnectorTask streaming = new PostgresConnectorTask();
    private final SnapshottingTask task = new SnapshottingTask(streaming, PostgresSnapshotDatabase::new);

    @Override
    public String version() {
        return streaming.version();
    }

    @Override
    public void start(Map<String, String> config) {
        task.start(context, PromptQueue.in(config));
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
