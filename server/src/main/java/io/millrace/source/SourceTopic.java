package io.millrace.source;

import io.millrace.control.TableName;

/**
 * A topic that a table is captured into.
 *
 * @param topicId name in Kafka, {@code source_<source id>.<schema>.<table>}
 * @param topicName what comes after the first dot of it
 * @param dbId 24 hex digits; stays the same for good
 */
public record SourceTopic(String topicId, String topicName, String dbId, TableName table) {}
