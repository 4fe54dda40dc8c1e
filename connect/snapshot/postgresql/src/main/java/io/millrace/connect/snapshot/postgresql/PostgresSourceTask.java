package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.millrace.connect.snapshot.SnapshottingTask;
import io.millrace.connect.snapshot.debezium.PromptQueue;
import java.util.Map;

/** Debezium's PostgreSQL task with the snapshot engine around it. */
public final class PostgresSourceTask extends SnapshottingTask {
    public PostgresSourceTask() {
        super(new PostgresConnectorTask(), PostgresSnapshotDatabase::new);
    }

    @Override
    public void start(Map<String, String> config) {
        super.start(PromptQueue.in(config));
    }
}
