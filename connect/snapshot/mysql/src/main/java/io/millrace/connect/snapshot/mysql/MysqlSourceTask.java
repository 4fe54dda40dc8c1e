package io.millrace.connect.snapshot.mysql;

import io.debezium.connector.mysql.MySqlConnectorTask;
import io.millrace.connect.snapshot.SnapshottingTask;
import io.millrace.connect.snapshot.binlog.BinlogSnapshotDatabase;
import io.millrace.connect.snapshot.binlog.PlacedStream;
import java.time.Clock;
import java.util.Optional;

/** Debezium's MySQL task with the snapshot engine around it. */
public final class MysqlSourceTask extends SnapshottingTask {
    public MysqlSourceTask() {
        this(new PlacedStream(new MySqlConnectorTask()));
    }

    private MysqlSourceTask(PlacedStream streaming) {
        super(
                streaming,
                config -> new BinlogSnapshotDatabase(
                        new MySqlDialect(config), config, Optional.of(streaming), Clock.systemUTC()));
    }
}
