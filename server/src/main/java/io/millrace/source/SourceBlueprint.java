package io.millrace.source;

import io.millrace.connector.Approach;
import io.millrace.connector.Blueprint;
import io.millrace.connector.Connector;
import io.millrace.connector.PluginMissingException;
import io.millrace.engine.Engine;
import io.millrace.engine.TopicSpec;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** How sources are made: a Debezium connector in the platform's frame, its topics, and what it needs in its database. */
final class SourceBlueprint implements Blueprint {
    /** A place in the log is read on from with all that was written here, however long ago. */
    private static final Map<String, String> HISTORY_SETTINGS =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");

    /** A beat is of use until the next one; several a second come from a busy database. */
    private static final Map<String, String> HEARTBEAT_SETTINGS =
            Map.of("cleanup.policy", "delete", "retention.ms", "3600000", "segment.ms", "600000");

    private final Engine engine;
    private final CaptureTypes types;
    private final Approach approach;
    private final ConnectorFrame frame;
    private final SourceTables tables;
    private final Clock clock;

    SourceBlueprint(
            Engine engine,
            CaptureTypes types,
            Approach approach,
            ConnectorFrame frame,
            SourceTables tables,
            Clock clock) {
        this.engine = engine;
        this.types = types;
        this.approach = approach;
        this.frame = frame;
        this.tables = tables;
        this.clock = clock;
    }

    @Override
    public Optional<Map<String, String>> properties(Connector source) {
        return types.find(source.code()).map(type -> {
            SourceId id = SourceId.of(source.id());
            Map<String, Object> kafka = engine.kafka().clientProperties();
            Map<String, String> properties = new HashMap<>(frame.properties(id, kafka));
            type.historyTopic(id).ifPresent(topic -> properties.putAll(ConnectorFrame.history(topic, kafka)));
            properties.putAll(type.properties(id, approach.ofWorkers(source)));
            return properties;
        });
    }

    @Override
    public Optional<String> prepare(Connector source) throws SQLException {
        CaptureType type = types.find(source.code()).orElseThrow(() -> new PluginMissingException(source.code()));
        return type.prepare(approach.ofServer(source), tables.ledger(SourceId.of(source.id())));
    }

    @Override
    public void createTopics(Connector source) {
        engine.kafka().createTopic(new TopicSpec(heartbeats(source), 1, HEARTBEAT_SETTINGS));
        history(source).ifPresent(topic -> engine.kafka().createTopic(new TopicSpec(topic, 1, HISTORY_SETTINGS)));
        Collection<String> present = Set.copyOf(engine.kafka().topics());
        topics(SourceId.of(source.id())).stream()
                .map(SourceTopic::topicId)
                .filter(topic -> !present.contains(topic))
                .forEach(topic -> engine.kafka().createTopic(new TopicSpec(topic, 1, SourceTopic.SETTINGS)));
    }

    /** Makes the source start from the present: a slot of its own is made anew, and the history of tables with it. */
    @Override
    public void reset(Connector source) {
        engine.kafka().deleteTopics(history(source).stream().toList());
        SourceId id = SourceId.of(source.id());
        Claims claims = tables.store().read(handle -> tables.claims().of(handle, id));
        Made slot = new Made(Made.Kind.SLOT, claims.slot().orElse(""));
        Ledger ledger = tables.ledger(id);
        ledger.origin(slot).filter(Ledger.Origin::ours).ifPresent(origin -> ledger.note(slot, Ledger.Origin.RENEWED));
    }

    @Override
    public List<String> ownTopics(Connector source) {
        return Stream.concat(history(source).stream(), Stream.of(heartbeats(source)))
                .toList();
    }

    /** What was made in the database of a source stays behind as remnants. */
    @Override
    public void forgotten(Handle handle, Connector source) {
        SourceId id = SourceId.of(source.id());
        String server = tables.claims().of(handle, id).server().orElse("");
        Instant now = clock.instant();
        List<Made> left = tables.things().of(handle, id).entrySet().stream()
                .filter(thing -> thing.getValue().ours())
                .map(Map.Entry::getKey)
                .toList();
        left.forEach(thing -> tables.remnants().leave(handle, source, thing, server, now));
        if (left.isEmpty()) {
            approach.forgotten(handle, source.id());
        }
    }

    private List<SourceTopic> topics(SourceId id) {
        return tables.store()
                .read(handle -> tables.topics().of(handle, List.of(id)).getOrDefault(id, List.of()));
    }

    private Optional<String> history(Connector source) {
        return types.find(source.code()).flatMap(type -> type.historyTopic(SourceId.of(source.id())));
    }

    /** Returns the topic that Debezium beats into. */
    private static String heartbeats(Connector source) {
        return ConnectorFrame.HEARTBEATS + "." + source.id().prefix();
    }
}
