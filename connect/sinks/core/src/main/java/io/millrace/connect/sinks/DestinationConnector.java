package io.millrace.connect.sinks;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** A sink whose tasks are all alike and share the partitions of its topics. */
public abstract class DestinationConnector extends SinkConnector {
    private final Class<? extends DestinationTask> task;
    private final ConfigDef definition;
    private Map<String, String> settings = Map.of();

    /** @param definition of the settings; checked for their form only, without connecting */
    protected DestinationConnector(Class<? extends DestinationTask> task, ConfigDef definition) {
        this.task = task;
        this.definition = definition;
    }

    @Override
    public final void start(Map<String, String> given) {
        settings = Map.copyOf(given);
    }

    @Override
    public final Class<? extends Task> taskClass() {
        return task;
    }

    @Override
    public final List<Map<String, String>> taskConfigs(int most) {
        return Collections.nCopies(most, settings);
    }

    @Override
    public final void stop() {}

    @Override
    public final ConfigDef config() {
        return definition;
    }

    @Override
    public final String version() {
        String version = getClass().getPackage().getImplementationVersion();
        return version == null ? "0" : version;
    }
}
