package io.millrace.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConfigValues;
import io.millrace.engine.ConnectCluster;
import io.millrace.engine.ConnectorName;
import io.millrace.engine.ConnectorState;
import io.millrace.engine.Engine;
import io.millrace.engine.TopicSpec;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Steps that bring one source where it should be. Each may be repeated, and may be cut off at any point and begun again.
 */
final class Deployment {
    private static final Map<String, String> TOPIC_SETTINGS =
            Map.of("cleanup.policy", "delete", "retention.ms", String.valueOf(7L * 24 * 60 * 60 * 1000));

    /** A place in the log is read on from with all that was written here, however long ago. */
    private static final Map<String, String> HISTORY_SETTINGS =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");

    /** A beat is of use until the next one; several a second come from a busy database. */
    private static final Map<String, String> HEARTBEAT_SETTINGS =
            Map.of("cleanup.policy", "delete", "retention.ms", "3600000", "segment.ms", "600000");

    private final Engine engine;
    private final CaptureTypes types;
    private final ConfigVault vault;
    private final ConnectorFrame frame;

    Deployment(Engine engine, CaptureTypes types, ConfigVault vault, ConnectorFrame frame) {
        this.engine = engine;
        this.types = types;
        this.vault = vault;
        this.frame = frame;
    }

    /** Brings the connector to the configuration and the state that are wanted. Returns what is lacking. */
    Optional<String> apply(Source source, List<SourceTopic> topics, Ledger ledger) throws SQLException {
        ConnectCluster connect = engine.connect();
        ConnectorName name = source.id().connectorName();
        boolean runs = source.course().desired() instanceof DesiredState.Active;
        if (source.course().desired() instanceof DesiredState.Pending) {
            connect.delete(name);
            return Optional.empty();
        }
        boolean exists = connect.connectors().contains(name);
        if (exists && !runs) {
            settle(source.course().desired(), name);
        }
        Optional<String> notice = runs || !exists ? prepare(source, ledger) : Optional.empty();
        create(source, topics);
        Map<String, String> wanted = properties(source);
        boolean same =
                exists && connect.config(name).filter(is -> equal(is, wanted)).isPresent();
        connect.put(name, wanted);
        if (same && runs && !idle(name)) {
            // Nothing else asks for the same again but a restart.
            connect.restart(name, false);
        }
        settle(source.course().desired(), name);
        return notice;
    }

    /** Brings the connector to the state that is wanted, without looking at anything else. */
    void settle(Source source) {
        settle(source.course().desired(), source.id().connectorName());
    }

    /** Gives the connector the configuration that this release of the platform would give it. */
    void align(Source source) {
        ConnectorName name = source.id().connectorName();
        Map<String, String> wanted = properties(source);
        if (engine.connect().config(name).filter(is -> !equal(is, wanted)).isPresent()) {
            engine.connect().put(name, wanted);
        }
    }

    /** Starts what failed, after looking that the database is as it must be. Returns what is lacking. */
    Optional<String> revive(Source source, Ledger ledger) throws SQLException {
        Optional<String> notice = prepare(source, ledger);
        engine.connect().restart(source.id().connectorName(), true);
        return notice;
    }

    /** Makes the source start from the present the next time: no offsets, and a slot of its own made anew. */
    void reset(Source source, Ledger ledger) {
        ConnectorName name = source.id().connectorName();
        if (engine.connect().connectors().contains(name)) {
            engine.connect().stop(name);
            engine.connect().resetOffsets(name);
        }
        engine.kafka().deleteTopics(history(source).stream().toList());
        Made slot = new Made(Made.Kind.SLOT, source.claims().slot().orElse(""));
        ledger.origin(slot).filter(Ledger.Origin::ours).ifPresent(origin -> ledger.note(slot, Ledger.Origin.RENEWED));
    }

    /** Removes the connector and what it kept for itself in Kafka. Returns whether it is gone. */
    boolean remove(Source source) {
        ConnectorName name = source.id().connectorName();
        engine.connect().delete(name);
        if (engine.connect().connectors().contains(name)) {
            return false;
        }
        engine.kafka()
                .deleteTopics(Stream.concat(history(source).stream(), Stream.of(heartbeats(source)))
                        .toList());
        return true;
    }

    /** Drops what a source left in its database. */
    void drop(Remnant remnant) throws SQLException {
        ConfigValues config = new ConfigValues(
                vault.connector(remnant.connector()), vault.reveal(remnant.source(), remnant.config()));
        types.of(remnant.connector()).drop(config, remnant.thing());
    }

    /** Brings the database in order. Returns what is lacking. */
    Optional<String> prepare(Source source, Ledger ledger) throws SQLException {
        return types.of(source.connector()).prepare(vault.values(source), ledger);
    }

    private Map<String, String> properties(Source source) {
        Map<String, String> properties =
                new HashMap<>(frame.properties(source.id(), engine.kafka().clientProperties()));
        history(source)
                .ifPresent(topic -> properties.putAll(
                        ConnectorFrame.history(topic, engine.kafka().clientProperties())));
        ConfigValues stored = new ConfigValues(
                vault.connector(source.connector()), source.config().open());
        ObjectNode referring = stored.config();
        stored.connector().keys().stream()
                .filter(ConfigKey::secret)
                .map(ConfigKey::name)
                .filter(key -> source.config().secrets().containsKey(key))
                .forEach(key -> referring.put(key, "${secret:" + source.id().topicPrefix() + ":" + key + "}"));
        properties.putAll(types.of(source.connector()).properties(source.id(), stored));
        return properties;
    }

    private Optional<String> history(Source source) {
        return types.of(source.connector()).historyTopic(source.id());
    }

    /** Returns the topic that Debezium beats into. */
    private static String heartbeats(Source source) {
        return ConnectorFrame.HEARTBEATS + "." + source.id().topicPrefix();
    }

    private void create(Source source, List<SourceTopic> topics) {
        engine.kafka().createTopic(new TopicSpec(heartbeats(source), 1, HEARTBEAT_SETTINGS));
        history(source).ifPresent(topic -> engine.kafka().createTopic(new TopicSpec(topic, 1, HISTORY_SETTINGS)));
        Collection<String> present = Set.copyOf(engine.kafka().topics());
        topics.stream()
                .map(SourceTopic::topicId)
                .filter(topic -> !present.contains(topic))
                .forEach(topic -> engine.kafka().createTopic(new TopicSpec(topic, 1, TOPIC_SETTINGS)));
    }

    private void settle(DesiredState desired, ConnectorName name) {
        if (desired instanceof DesiredState.Active) {
            engine.connect().resume(name);
        } else if (desired instanceof DesiredState.Paused) {
            engine.connect().pause(name);
        } else if (desired instanceof DesiredState.Stopped) {
            engine.connect().stop(name);
        }
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
