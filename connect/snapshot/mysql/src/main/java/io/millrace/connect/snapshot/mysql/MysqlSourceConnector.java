package io.millrace.connect.snapshot.mysql;

import io.debezium.connector.mysql.MySqlConnector;
import io.millrace.connect.snapshot.SnapshottingConnector;
import io.millrace.connect.snapshot.binlog.PlacedStream;
import java.util.HashMap;
import java.util.Map;

/** Debezium's MySQL connector with a task of ours. */
public final class MysqlSourceConnector extends SnapshottingConnector {
    public MysqlSourceConnector() {
        super(new MySqlConnector(), MysqlSourceTask.class, MysqlSourceConnector::streamingConfig);
    }

    /** Returns {@code config} with what the engine needs of the stream, under the class by which Debezium picks its parts. */
    static Map<String, String> streamingConfig(Map<String, String> config) {
        Map<String, String> streaming = new HashMap<>(config);
        streaming.put("connector.class", MySqlConnector.class.getName());
        PlacedStream.configure(streaming);
        return streaming;
    }
}
