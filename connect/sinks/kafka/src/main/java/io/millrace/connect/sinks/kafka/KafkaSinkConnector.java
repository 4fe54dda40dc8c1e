package io.millrace.connect.sinks.kafka;

import io.millrace.connect.sinks.DestinationConnector;

/** Writes rows to the topics of another cluster. */
public final class KafkaSinkConnector extends DestinationConnector {
    /** For Connect. */
    public KafkaSinkConnector() {
        super(KafkaSinkTask.class, KafkaSettings.DEFINITION);
    }
}
