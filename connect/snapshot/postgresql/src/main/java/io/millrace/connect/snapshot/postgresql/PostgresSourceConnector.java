package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.PostgresConnector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Debezium's PostgreSQL connector with a task of ours. Validation checks the form of the configuration only and never
 * connects: a database that is down fails the task, not the connector.
 */
public final class PostgresSourceConnector extends SourceConnector {
    /** Beginning of the prefix of every message that the engine writes into the log. */
    static final String MARKER_PREFIX = "millrace/";

    private static final String LOGIN_SECONDS = "20";

    /** Longest wait of the streaming task for an answer to a query; the stream itself may be silent. */
    private static final String ANSWER_SECONDS = "60";

    private final PostgresConnector streaming = new PostgresConnector();

    @Override
    public String version() {
        return streaming.version();
    }

    @Override
    public void start(Map<String, String> config) {
        streaming.initialize(context());
        streaming.start(streamingConfig(config));
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

    @Override
    public Class<? extends Task> taskClass() {
        return PostgresSourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return streaming.taskConfigs(maxTasks);
    }

    @Override
    public void stop() {
        streaming.stop();
    }

    @Override
    public ConfigDef config() {
        return streaming.config();
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> config) {
        return streaming.exactlyOnceSupport(config);
    }

    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> config) {
        return ConnectorTransactionBoundaries.UNSUPPORTED;
    }
}
