package io.millrace.topic;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.source.SnapshotMarks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Topics as clients read them. */
public final class TopicViews {
    private TopicViews() {}

    /** Who writes a topic. */
    public record Entity(
            String entityType,
            String entityId,
            String name,
            String connector,
            List<String> topicIds,
            List<String> topicDbIds,
            String displayName) {}

    /** How records are written. */
    public record Serialization(
            String keyFormat,
            String valueFormat,
            String keyConverter,
            String valueConverter,
            boolean schemaRegistryEnabled) {
        private static final String CONVERTER = "io.millrace.connect.converters.MillraceConverter";

        static Serialization of(String format) {
            return new Serialization(format, format, CONVERTER, CONVERTER, format.equals("avro"));
        }
    }

    /** Newest snapshot state of a topic. */
    public record Snapshot(String status, String topicId, Instant submitTimestamp) {
        static Snapshot of(SnapshotMarks.Mark mark) {
            return new Snapshot(mark.status(), mark.topicId(), mark.submitted());
        }
    }

    /** A topic in a list. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Item(
            String id,
            String name,
            Entity entity,
            String prefix,
            Serialization serialization,
            Optional<Snapshot> snapshot) {}

    /** One topic. */
    public record Detail(
            String id,
            String topicId,
            String dbId,
            String name,
            Entity entity,
            String prefix,
            Serialization serialization,
            int partitionCount,
            List<String> tags,
            Kafka kafka) {}

    /** What Kafka knows of it. */
    public record Kafka(Partitions partitions, Optional<Integer> replicationFactor, Map<String, String> configs) {}

    /** Its partitions. */
    public record Partitions(int count, List<Partition> details) {}

    /** One of them. */
    public record Partition(
            int partition,
            int leader,
            List<Integer> replicas,
            List<Integer> isr,
            long earliestOffset,
            long latestOffset) {}
}
