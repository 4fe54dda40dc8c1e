package io.millrace.engine.embedded;

import io.millrace.engine.ConnectCluster;
import io.millrace.engine.ConnectorName;
import io.millrace.engine.ConnectorStatus;
import io.millrace.engine.EngineException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.connect.runtime.Herder.Created;
import org.apache.kafka.connect.runtime.RestartRequest;
import org.apache.kafka.connect.runtime.TargetState;
import org.apache.kafka.connect.runtime.isolation.PluginDesc;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.rest.entities.Message;
import org.apache.kafka.connect.storage.ClusterConfigState;

/** Connect by calls to the herder in this process. Reads are answered from what the stores hold in memory. */
final class HerderConnectCluster implements ConnectCluster {
    private static final Duration TASKS_GONE = Duration.ofSeconds(30);
    private static final Duration STARTED_ANEW = Duration.ofSeconds(20);

    private final EmbeddedConnect connect;
    private final HerderRequests requests;
    private final ConnectorReports reports;

    HerderConnectCluster(EmbeddedConnect connect, Faults faults) {
        this.connect = connect;
        this.requests = new HerderRequests(this::exists, faults);
        this.reports = new ConnectorReports(connect.statuses(), connect.workerId());
    }

    @Override
    public void put(ConnectorName name, Map<String, String> config) {
        Map<String, String> wanted = new HashMap<>(config);
        wanted.put("name", name.value());
        if (config(name).filter(wanted::equals).isEmpty()) {
            requests.<Created<ConnectorInfo>>ask(name, "cannot be put", reply -> connect.herder()
                    .putConnectorConfig(name.value(), wanted, true, reply));
        }
    }

    @Override
    public void delete(ConnectorName name) {
        if (exists(name)) {
            requests.<Created<ConnectorInfo>>ask(
                    name, "cannot be deleted", reply -> connect.herder().deleteConnectorConfig(name.value(), reply));
        }
        awaitEndOfTasks(name, "cannot be deleted yet");
    }

    @Override
    public void pause(ConnectorName name) {
        requests.run(name, "cannot be paused", () -> connect.herder().pauseConnector(name.value()));
    }

    @Override
    public void stop(ConnectorName name) {
        requests.<Void>ask(name, "cannot be stopped", reply -> connect.herder().stopConnector(name.value(), reply));
    }

    @Override
    public void resume(ConnectorName name) {
        requests.run(name, "cannot be resumed", () -> connect.herder().resumeConnector(name.value()));
    }

    @Override
    public void restart(ConnectorName name, boolean onlyFailed) {
        RestartRequest request = new RestartRequest(name.value(), onlyFailed, true);
        Set<Object> before = reports.present(name);
        requests.<ConnectorStateInfo>ask(
                name, "cannot be restarted", reply -> connect.herder().restartConnectorAndTasks(request, reply));
        if (!onlyFailed) {
            // The herder answers before it restarts; until it does, the reports are those of the earlier life.
            boolean ignored = Waiting.until(STARTED_ANEW, () -> reports.areAnew(name, before));
        }
    }

    @Override
    public void resetOffsets(ConnectorName name) {
        if (exists(name) && configs().targetState(name.value()) != TargetState.STOPPED) {
            throw new EngineException(
                    "the offsets of connector " + name + " cannot be reset while it runs; stop it first");
        }
        awaitEndOfTasks(name, "cannot forget its offsets");
        requests.<Message>ask(name, "cannot forget its offsets", reply -> connect.herder()
                .resetConnectorOffsets(name.value(), reply));
    }

    @Override
    public Set<ConnectorName> connectors() {
        return configs().connectors().stream().map(ConnectorName::new).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<Map<String, String>> config(ConnectorName name) {
        return Optional.ofNullable(configs().rawConnectorConfig(name.value())).map(Map::copyOf);
    }

    @Override
    public Optional<ConnectorStatus> status(ConnectorName name) {
        return exists(name) ? Optional.of(reports.of(name)) : Optional.empty();
    }

    @Override
    public Map<ConnectorName, ConnectorStatus> statuses() {
        return connectors().stream().collect(Collectors.toUnmodifiableMap(Function.identity(), reports::of));
    }

    @Override
    public boolean hasPlugin(String connectorClass) {
        return connect.plugins().connectors().stream()
                .anyMatch(plugin -> plugin.className().equals(connectorClass));
    }

    @Override
    public boolean hasTransformation(String type) {
        return connect.plugins().transformations().stream()
                .anyMatch(plugin -> plugin.className().equals(type));
    }

    @Override
    public Optional<ClassLoader> loader(String connectorClass) {
        return connect.plugins().connectors().stream()
                .filter(plugin -> plugin.className().equals(connectorClass))
                .map(PluginDesc::loader)
                .findFirst();
    }

    private void awaitEndOfTasks(ConnectorName name, String failure) {
        if (!Waiting.until(TASKS_GONE, () -> reports.of(name).tasks().isEmpty())) {
            throw new EngineException("connector " + name + " " + failure + ": its tasks did not end within "
                    + TASKS_GONE.toSeconds() + " s; try again");
        }
    }

    private boolean exists(ConnectorName name) {
        return configs().contains(name.value());
    }

    private ClusterConfigState configs() {
        return connect.configs().snapshot();
    }
}
