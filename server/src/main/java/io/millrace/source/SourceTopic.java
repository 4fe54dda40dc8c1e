package io.millrace.source;

import io.millrace.control.TableName;
import java.util.Map;

/**
 * A topic that a table is captured into.
 *
 * @param topicId name in Kafka, {@code source_<source id>.<schema>.<table>}
 * @param topicName what comes after the first dot of it
 * @param dbId 24 hex digits; stays the same for good
 */
public record SourceTopic(String topicId, String topicName, String dbId, TableName table) {
    /** What Kafka is told of topics of sources. */
    public static final Map<String, String> SETTINGS =
            Map.of("cleanup.policy", "delete", "retention.ms", String.valueOf(7L * 24 * 60 * 60 * 1000));
}
