package io.millrace.connect.sinks.kafka;

import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.DestinationTask;
import java.util.Map;

/** Writes the rows of some partitions to the topics of another cluster. */
public final class KafkaSinkTask extends DestinationTask {
    /** For Connect. */
    public KafkaSinkTask() {}

    @Override
    protected Destination open(Map<String, String> settings) {
        KafkaSettings kafka = KafkaSettings.of(settings);
        Cluster cluster = Cluster.open(kafka.bootstrap());
        return new KafkaDestination(cluster, kafka);
    }
}
