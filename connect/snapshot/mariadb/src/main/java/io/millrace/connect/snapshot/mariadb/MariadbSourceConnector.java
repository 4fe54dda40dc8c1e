package io.millrace.connect.snapshot.mariadb;

import io.debezium.connector.mariadb.MariaDbConnector;
import io.millrace.connect.snapshot.SnapshottingConnector;
import io.millrace.connect.snapshot.binlog.PlacedStream;
import java.util.HashMap;
import java.util.Map;

/** Debezium's MariaDB connector with a task of ours. */
public final class MariadbSourceConnector extends SnapshottingConnector {
    public MariadbSourceConnector() {
        super(new MariaDbConnector(), MariadbSourceTask.class, MariadbSourceConnector::streamingConfig);
    }

    /** Returns {@code config} with what the engine needs of the stream, under the class by which Debezium picks its parts. */
    static Map<String, String> streamingConfig(Map<String, String> config) {
        Map<String, String> streaming = new HashMap<>(config);
        streaming.put("connector.class", MariaDbConnector.class.getName());
        PlacedStream.configure(streaming);
        return streaming;
    }
}
