package io.millrace.connector;

import io.millrace.engine.ConnectCluster;
import io.millrace.engine.ConnectorName;
import io.millrace.engine.ConnectorState;
import io.millrace.engine.Engine;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Steps that bring one connector where it should be. Each may be repeated, and may be cut off at any point and begun
 * again. One whose plugin is not installed is refused with {@link PluginMissingException} before anything is touched.
 */
final class Deployment {
    private final Engine engine;
    private final Blueprint blueprint;
    private final AppendedTransforms appended;

    Deployment(Engine engine, Blueprint blueprint, AppendedTransforms appended) {
        this.appended = appended;
        this.engine = engine;
        this.blueprint = blueprint;
    }

    /** Brings the connector to the configuration and the state that are wanted. Returns what is lacking. */
    Optional<String> apply(Connector connector) throws SQLException {
        ConnectCluster connect = engine.connect();
        ConnectorName name = connector.id().connectorName();
        boolean runs = connector.course().desired() instanceof DesiredState.Active;
        if (connector.course().desired() instanceof DesiredState.Pending) {
            connect.delete(name);
            return Optional.empty();
        }
        Map<String, String> wanted = properties(connector);
        boolean exists = connect.connectors().contains(name);
        if (exists && !runs) {
            settle(connector);
        }
        Optional<String> notice = runs || !exists ? blueprint.prepare(connector) : Optional.empty();
        blueprint.createTopics(connector);
        boolean same =
                exists && connect.config(name).filter(is -> equal(is, wanted)).isPresent();
        connect.put(name, wanted);
        if (same && runs && !idle(name)) {
            // Nothing else asks for the same again but a restart.
            connect.restart(name, false);
        }
        settle(connector);
        return notice;
    }

    /** Brings the connector to the state that is wanted, without looking at anything else. */
    void settle(Connector connector) {
        DesiredState desired = connector.course().desired();
        ConnectorName name = connector.id().connectorName();
        if (desired instanceof DesiredState.Active) {
            engine.connect().resume(name);
        } else if (desired instanceof DesiredState.Paused) {
            engine.connect().pause(name);
        } else if (desired instanceof DesiredState.Stopped) {
            engine.connect().stop(name);
        }
    }

    /** Gives the connector the configuration that this release of the platform would give it. */
    void align(Connector connector) {
        ConnectorName name = connector.id().connectorName();
        Map<String, String> wanted = properties(connector);
        if (engine.connect().config(name).filter(is -> !equal(is, wanted)).isPresent()) {
            engine.connect().put(name, wanted);
        }
    }

    /** Starts what failed, after looking that all is as it must be outside. Returns what is lacking. */
    Optional<String> revive(Connector connector) throws SQLException {
        Optional<String> notice = blueprint.prepare(connector);
        engine.connect().restart(connector.id().connectorName(), true);
        return notice;
    }

    /** Brings in order what is outside of the platform. Returns what is lacking. */
    Optional<String> prepare(Connector connector) throws SQLException {
        return blueprint.prepare(connector);
    }

    /** Makes the connector begin anew the next time: without offsets. */
    void reset(Connector connector) {
        ConnectorName name = connector.id().connectorName();
        if (engine.connect().connectors().contains(name)) {
            engine.connect().stop(name);
            engine.connect().resetOffsets(name);
        }
        blueprint.reset(connector);
    }

    /** Removes the connector and what it kept for itself in Kafka. Returns whether it is gone. */
    boolean remove(Connector connector) {
        ConnectorName name = connector.id().connectorName();
        engine.connect().delete(name);
        if (engine.connect().connectors().contains(name)) {
            return false;
        }
        engine.kafka().deleteTopics(blueprint.ownTopics(connector));
        return true;
    }

    /** Told in the transaction that forgets a connector which was removed. */
    void forgotten(Handle handle, Connector connector) {
        blueprint.forgotten(handle, connector);
    }

    private Map<String, String> properties(Connector connector) {
        return blueprint
                .properties(connector)
                .filter(properties -> engine.connect().hasPlugin(properties.getOrDefault("connector.class", "")))
                .map(properties -> appended.appendTo(connector, properties))
                .orElseThrow(() -> new PluginMissingException(connector.code()));
    }

    private boolean idle(ConnectorName name) {
        return engine.connect()
                .status(name)
                .filter(status -> status.state() == ConnectorState.PAUSED || status.state() == ConnectorState.STOPPED)
                .isPresent();
    }

    private static boolean equal(Map<String, String> is, Map<String, String> wanted) {
        Map<String, String> named = new HashMap<>(is);
        named.remove("name");
        return named.equals(wanted);
    }
}
