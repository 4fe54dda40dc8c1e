package io.millrace.engine;

import java.util.Optional;

/**
 * A figure of a task, as it stands.
 *
 * @param topic name in Kafka of the topic that it is about; empty when it is about the task as a whole
 */
public record Measured(ConnectorName connector, int task, Optional<String> topic, Measure measure, long value) {}
