package io.millrace.connect.snapshot.mariadb;

import io.debezium.connector.mariadb.MariaDbConnectorTask;
import io.millrace.connect.snapshot.SnapshottingTask;
import io.millrace.connect.snapshot.binlog.BinlogSnapshotDatabase;
import io.millrace.connect.snapshot.binlog.PlacedStream;
import java.time.Clock;
import java.util.Optional;

/** Debezium's MariaDB task with the snapshot engine around it. */
public final class MariadbSourceTask extends SnapshottingTask {
    public MariadbSourceTask() {
        this(new PlacedStream(new MariaDbConnectorTask()));
    }

    private MariadbSourceTask(PlacedStream streaming) {
        super(
                streaming,
                config -> new BinlogSnapshotDatabase(
                        new MariaDbDialect(config), config, Optional.of(streaming), Clock.systemUTC()));
    }
}
