package io.millrace.topic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.engine.TopicSetting;
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
            TopicEntry.OwnerKind entityType,
            String entityId,
            String name,
            Optional<String> connector,
            List<String> topicIds,
            List<String> topicDbIds,
            String displayName) {}

    /** How records are written. */
    public record Serialization(
            String keyFormat,
            String valueFormat,
            Optional<String> keyConverter,
            Optional<String> valueConverter,
            boolean schemaRegistryEnabled) {
        static final Serialization UNKNOWN =
                new Serialization(TopicForms.UNKNOWN, TopicForms.UNKNOWN, Optional.empty(), Optional.empty(), false);

        private static final String CONVERTER = "io.millrace.connect.converters.MillraceConverter";

        static Serialization of(String format) {
            return new Serialization(
                    format, format, Optional.of(CONVERTER), Optional.of(CONVERTER), format.equals("avro"));
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
            Optional<String> prefix,
            Serialization serialization,
            Optional<Snapshot> snapshot) {}

    /** One topic. */
    public record Detail(
            String id,
            String topicId,
            String dbId,
            String name,
            Entity entity,
            Optional<String> prefix,
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

    /** A topic that was just made. */
    public record Created(
            String id,
            String name,
            Entity entity,
            int numPartitions,
            int replicationFactor,
            Optional<String> prefix,
            Serialization serialization,
            List<String> warnings) {}

    /** A setting in Kafka. */
    public record Setting(
            String name,
            Optional<String> value,
            Optional<String> defaultValue,
            @JsonProperty("is_default") boolean isDefault,
            @JsonProperty("is_read_only") boolean isReadOnly,
            String source) {
        static Setting of(TopicSetting setting) {
            return new Setting(
                    setting.name(),
                    setting.value(),
                    setting.defaultValue(),
                    setting.isDefault(),
                    setting.isReadOnly(),
                    setting.source());
        }
    }

    /**
     * What a topic holds.
     *
     * @param errors told of topics of dead letters only
     */
    public record Stats(
            String topicId,
            long messages,
            long bytes,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> errors,
            Optional<Long> consumerLag,
            Optional<Instant> earliestTimestamp,
            Optional<Instant> lastMessageTimestamp,
            List<Held> partitions) {}

    /** What a partition holds. */
    public record Held(int partition, long earliestOffset, long latestOffset, long bytes) {}

    /** A record that was written. */
    public record Written(String topicId, int partition, long offset, Instant timestamp) {}

    /** A topic that is written to a destination without a pipeline. */
    public record Binding(String bindingId, Optional<String> sourceId, String destinationId, List<String> topicIds) {}

    /**
     * Figures of a topic.
     *
     * @param messagesIn that came in the time that was asked for
     * @param lag of the group that is furthest behind
     * @param errors told of topics of dead letters only
     */
    public record Metrics(
            Optional<Long> messagesIn,
            Optional<Long> messagesOut,
            Optional<Long> bytesIn,
            Optional<Long> bytesOut,
            Optional<Long> lag,
            Optional<Long> errors,
            Optional<Double> avgLatencyMs,
            Optional<Instant> lastMessageTimestamp) {}

    /** What went through topics in a stretch of time. */
    public record Volume(String timestamp, long volumeBytes, long errors, long events) {}

    /**
     * All topics together.
     *
     * @param volumeBytes bytes that were written by sources in the range of time, compressed; likewise the others
     */
    public record Overview(
            long topics, long dlqTopics, long volumeBytes, long errors, long events, List<Volume> series) {}
}
