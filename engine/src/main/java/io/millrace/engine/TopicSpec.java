package io.millrace.engine;

import java.util.Map;

/**
 * A topic to create.
 *
 * @param configs settings by Kafka name, for example {@code cleanup.policy}
 */
public record TopicSpec(String name, int partitions, Map<String, String> configs) {
    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException("topic " + name + " needs at least one partition, not " + partitions);
        }
        configs = Map.copyOf(configs);
    }
}
