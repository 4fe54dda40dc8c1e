package io.millrace.destination;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.Approach;
import io.millrace.connector.Blueprint;
import io.millrace.connector.Connector;
import io.millrace.connector.PluginMissingException;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.TopicSpec;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How destinations are made: a sink in the platform's frame that reads what its pipelines bring, and a dead letter topic. */
final class DestinationBlueprint implements Blueprint {
    private final KafkaCluster kafka;
    private final DestinationTypes types;
    private final Approach approach;
    private final SinkFrame frame;
    private final Inflow inflow;

    DestinationBlueprint(
            KafkaCluster kafka, DestinationTypes types, Approach approach, SinkFrame frame, Inflow inflow) {
        this.kafka = kafka;
        this.types = types;
        this.approach = approach;
        this.frame = frame;
        this.inflow = inflow;
    }

    @Override
    public Optional<Map<String, String>> properties(Connector destination) {
        return types.find(destination.code()).map(type -> {
            ConfigValues config = approach.ofWorkers(destination);
            Map<String, String> properties =
                    new HashMap<>(frame.properties(destination.id(), config, inflow.flowing(destination.id())));
            properties.putAll(type.properties(destination.id(), config));
            return properties;
        });
    }

    @Override
    public Optional<String> prepare(Connector destination) throws SQLException {
        return types.find(destination.code())
                .orElseThrow(() -> new PluginMissingException(destination.code()))
                .prepare(approach.ofServer(destination));
    }

    @Override
    public void createTopics(Connector destination) {
        kafka.createTopic(new TopicSpec(SinkFrame.deadLetters(destination.id()), 1, SinkFrame.DEAD_LETTER_SETTINGS));
    }

    /** Connect forgets what was read; a destination keeps nothing else. */
    @Override
    public void reset(Connector destination) {}

    @Override
    public List<String> ownTopics(Connector destination) {
        return List.of(SinkFrame.deadLetters(destination.id()), SinkFrame.replayed(destination.id()));
    }

    @Override
    public void forgotten(Handle handle, Connector destination) {
        approach.forgotten(handle, destination.id());
    }
}
