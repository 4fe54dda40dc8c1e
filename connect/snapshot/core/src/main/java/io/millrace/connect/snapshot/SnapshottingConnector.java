package io.millrace.connect.snapshot;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * A streaming connector whose task has a snapshot engine around it. Validation checks the form of the configuration only
 * and never connects: a database that is down fails the task, not the connector.
 */
public abstract class SnapshottingConnector extends SourceConnector {
    private final SourceConnector streaming;
    private final Class<? extends SnapshottingTask> task;
    private final UnaryOperator<Map<String, String>> streamingConfig;

    /**
     * Wraps a connector.
     *
     * @param streamingConfig returns a configuration with what the engine needs of the stream
     */
    protected SnapshottingConnector(
            SourceConnector streaming,
            Class<? extends SnapshottingTask> task,
            UnaryOperator<Map<String, String>> streamingConfig) {
        this.streaming = streaming;
        this.task = task;
        this.streamingConfig = streamingConfig;
    }

    @Override
    public final String version() {
        return streaming.version();
    }

    @Override
    public final void start(Map<String, String> config) {
        streaming.initialize(context());
        streaming.start(streamingConfig.apply(config));
    }

    @Override
    public final Class<? extends Task> taskClass() {
        return task;
    }

    @Override
    public final List<Map<String, String>> taskConfigs(int maxTasks) {
        return streaming.taskConfigs(maxTasks);
    }

    @Override
    public final void stop() {
        streaming.stop();
    }

    @Override
    public final ConfigDef config() {
        return streaming.config();
    }

    @Override
    public final ExactlyOnceSupport exactlyOnceSupport(Map<String, String> config) {
        return streaming.exactlyOnceSupport(config);
    }

    /** The worker makes each list that the task returns a transaction: an open one would outlast a pause. */
    @Override
    public final ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> config) {
        return ConnectorTransactionBoundaries.UNSUPPORTED;
    }
}
