package io.millrace.engine;

import java.util.List;
import java.util.Map;

/**
 * A topic as it is.
 *
 * @param configs settings in force by Kafka name
 */
public record TopicDescription(
        String name, int replicationFactor, List<PartitionDescription> partitions, Map<String, String> configs) {
    public TopicDescription {
        partitions = List.copyOf(partitions);
        configs = Map.copyOf(configs);
    }
}
