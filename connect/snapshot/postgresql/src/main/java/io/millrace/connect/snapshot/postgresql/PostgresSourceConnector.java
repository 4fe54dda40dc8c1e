package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.PostgresConnector;
import io.millrace.connect.snapshot.SnapshottingConnector;
import java.util.HashMap;
import java.util.Map;

/** Debezium's PostgreSQL connector with a task of ours. */
public final class PostgresSourceConnector extends SnapshottingConnector {
    /** Beginning of the prefix of every message that the engine writes into the log. */
    static final String MARKER_PREFIX = "millrace/";

    private static final String LOGIN_SECONDS = "20";

    /** Longest wait of the streaming task for an answer to a query; the stream itself may be silent. */
    private static final String ANSWER_SECONDS = "60";

    public PostgresSourceConnector() {
        super(new PostgresConnector(), PostgresSourceTask.class, PostgresSourceConnector::streamingConfig);
    }

    /**
     * Returns {@code config} with what the engine needs of the stream: its markers, and truncations; with time limits, so
     * that no lost connection is waited for without end; and under the connector class by which Debezium picks its parts.
     */
    static Map<String, String> streamingConfig(Map<String, String> config) {
        Map<String, String> streaming = new HashMap<>(config);
        streaming.put("connector.class", PostgresConnector.class.getName());
        streaming.put("message.prefix.include.list", MARKER_PREFIX + ".*");
        streaming.putIfAbsent("skipped.operations", "none");
        streaming.putIfAbsent("driver.loginTimeout", LOGIN_SECONDS);
        streaming.putIfAbsent("driver.socketTimeout", ANSWER_SECONDS);
        return streaming;
    }
}
