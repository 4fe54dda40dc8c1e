package io.millrace.connect.snapshot.mysql;

import io.debezium.connector.mysql.MySqlConnector;
import io.millrace.connect.snapshot.binlog.PlacedStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Debezium's MySQL connector with a task of ours. Validation checks the form of the configuration only and never
 * connects: a database that is down fails the task, not the connector.
 */
public final class MysqlSourceConnector extends SourceConnector {
    private final MySqlConnector streaming = new MySqlConnector();

    @Override
    public String version() {
        return streaming.version();
    }

    @Override
    public void start(Map<String, String> config) {
        streaming.initialize(context());
        streaming.start(streamingConfig(config));
    }

    /** Returns {@code config} with what the engine needs of the stream, under the class by which Debezium picks its parts. */
    static Map<String, String> streamingConfig(Map<String, String> config) {
        Map<String, String> streaming = new HashMap<>(config);
        streaming.put("connector.class", MySqlConnector.class.getName());
        PlacedStream.configure(streaming);
        return streaming;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return MysqlSourceTask.class;
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
