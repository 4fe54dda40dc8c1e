package io.millrace.connector;

/**
 * A topic that a connector writes or reads.
 *
 * @param id name in Kafka, for example {@code source_<source id>.<schema>.<table>}
 * @param name what comes after the first dot of it
 * @param group what the topic is listed under: the schema of a table, the source that a destination takes it from
 */
public record ConnectorTopic(String id, String name, String group) {}
