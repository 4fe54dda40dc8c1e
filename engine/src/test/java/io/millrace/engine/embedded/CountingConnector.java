package io.millrace.engine.embedded;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Counts upwards from where its offset says, one number per record, and keeps every promise of exactly once. */
public final class CountingConnector extends SourceConnector {
    static final String TOPIC = "topic";
    /** The number after which no more follow. */
    static final String LAST = "last";
    /** The number at which the task fails; 0 for never. */
    static final String FAIL_AT = "fail.at";
    /** Written into every record. */
    static final String SECRET = "secret.text";
    /** Whether the transaction of the task stays open for good. */
    static final String KEEP_OPEN = "keep.open";
    /** How long the task takes to end after it was told to, in milliseconds. */
    static final String FAREWELL = "farewell.ms";

    private Map<String, String> config = Map.of();

    @Override
    public void start(Map<String, String> props) {
        config = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return CountingTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(config);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return new ConfigDef()
                .define(TOPIC, ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "where the numbers go")
                .define(LAST, ConfigDef.Type.LONG, Long.MAX_VALUE, ConfigDef.Importance.LOW, "last number")
                .define(FAIL_AT, ConfigDef.Type.LONG, 0, ConfigDef.Importance.LOW, "number that fails")
                .define(SECRET, ConfigDef.Type.STRING, "", ConfigDef.Importance.LOW, "text of each record")
                .define(KEEP_OPEN, ConfigDef.Type.BOOLEAN, false, ConfigDef.Importance.LOW, "never commit")
                .define(FAREWELL, ConfigDef.Type.LONG, 0, ConfigDef.Importance.LOW, "time that ending takes");
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> connectorConfig) {
        return ConnectorTransactionBoundaries.SUPPORTED;
    }
}
