package io.millrace.snapshot;

import io.millrace.engine.ConnectCluster;
import io.millrace.engine.ConnectorName;
import io.millrace.engine.ConnectorState;
import io.millrace.engine.ConnectorStatus;
import io.millrace.engine.TaskStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One connector whose task is in the state that a test sets. */
final class FixedConnectors implements ConnectCluster {
    private volatile ConnectorState task = ConnectorState.RUNNING;

    void task(ConnectorState state) {
        task = state;
    }

    @Override
    public Optional<ConnectorStatus> status(ConnectorName name) {
        return Optional.of(new ConnectorStatus(
                name,
                ConnectorState.RUNNING,
                "worker",
                Optional.empty(),
                List.of(new TaskStatus(0, task, "worker", Optional.empty()))));
    }

    @Override
    public void put(ConnectorName name, Map<String, String> config) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(ConnectorName name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pause(ConnectorName name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stop(ConnectorName name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume(ConnectorName name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void restart(ConnectorName name, boolean onlyFailed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resetOffsets(ConnectorName name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<ConnectorName> connectors() {
        return Set.of();
    }

    @Override
    public Optional<Map<String, String>> config(ConnectorName name) {
        return Optional.empty();
    }

    @Override
    public Map<ConnectorName, ConnectorStatus> statuses() {
        return Map.of();
    }

    @Override
    public boolean hasTransformation(String type) {
        return false;
    }

    @Override
    public boolean hasPlugin(String connectorClass) {
        return false;
    }
}
