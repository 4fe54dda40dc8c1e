package io.millrace.source;

import io.millrace.connector.Converters;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every connector of a source is told, whatever its database.
 *
 * @param format how records are written, {@code avro} or {@code json}
 * @param registryUrl address of the Confluent-compatible surface of the schema registry
 * @param registryUser reference to {@code id:secret} for it
 */
public record ConnectorFrame(String format, String registryUrl, String registryUser) {
    /** Prefix of the topics of heartbeats. */
    static final String HEARTBEATS = "__debezium-heartbeat";

    /** Returns the properties; {@code kafka} are those of the platform's own clients. */
    public Map<String, String> properties(SourceId id, Map<String, Object> kafka) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("tasks.max", "1");
        properties.put("topic.prefix", id.topicPrefix());
        // Creating a source loads nothing; snapshots are asked for.
        properties.put("snapshot.mode", "no_data");
        properties.put("tombstones.on.delete", "true");
        properties.put("topic.heartbeat.prefix", HEARTBEATS);
        properties.put("decimal.handling.mode", "precise");
        properties.put("extended.headers.enabled", "false");
        properties.put("poll.interval.ms", "10");
        // A failure is a failed task at once: the reconciler says why, and starts it again.
        properties.put("errors.max.retries", "0");
        properties.put("exactly.once.support", "required");
        properties.put("transaction.boundary", "poll");
        properties.put("topic.creation.default.partitions", "1");
        properties.put("topic.creation.default.replication.factor", "-1");
        properties.putAll(new Converters(format, registryUrl, registryUser).properties());
        properties.put("millrace.source.id", id.value());
        kafka.forEach((name, value) -> properties.put("millrace.control.client." + name, String.valueOf(value)));
        // What should run is answered when it changes; while it does not, nobody needs to ask twice a second.
        properties.put("millrace.control.client.fetch.max.wait.ms", "5000");
        return properties;
    }

    /** Returns what a connector is told that keeps the history of tables in a topic. */
    static Map<String, String> history(String topic, Map<String, Object> kafka) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("schema.history.internal", "io.debezium.storage.kafka.history.KafkaSchemaHistory");
        properties.put("schema.history.internal.kafka.topic", topic);
        properties.put(
                "schema.history.internal.kafka.bootstrap.servers", String.valueOf(kafka.get("bootstrap.servers")));
        kafka.forEach((name, value) -> {
            properties.put("schema.history.internal.producer." + name, String.valueOf(value));
            properties.put("schema.history.internal.consumer." + name, String.valueOf(value));
        });
        return properties;
    }
}
