package io.millrace.topic;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.http.PageRequest;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Inline;
import io.millrace.http.shape.Max;
import io.millrace.http.shape.Min;
import io.millrace.http.shape.Size;
import io.millrace.http.shape.WireNames;
import io.millrace.metric.TimeQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What calls about topics carry. */
public final class TopicRequests {
    private TopicRequests() {}

    /**
     * Which topics a list call wants.
     *
     * @param limit old name of the page size
     * @param offset topics to skip; counts only with {@code limit}
     */
    public record Filter(
            @Inline PageRequest page,
            Optional<CsvOrList> entityType,
            Optional<String> topicId,
            Optional<String> partialName,
            Optional<CsvOrList> entityId,
            @Default("true") boolean includeDlq,
            Optional<CsvOrList> snapshot,
            Optional<String> eta,
            Optional<CsvOrList> valueFormat,
            Optional<Boolean> hasErrors,
            Optional<@Min(1) @Max(100) Integer> limit,
            Optional<@Min(0) Long> offset) {

        /** Returns the page, in whichever way it was asked for. */
        PageRequest wanted() {
            return limit.map(size -> new PageRequest(offset.orElse(0L) / size + 1, size, page.sort(), page.sortDir()))
                    .orElse(page);
        }

        static List<String> values(Optional<CsvOrList> list) {
            return list.map(CsvOrList::values).orElse(List.of());
        }
    }

    /** Path of a topic. */
    public record TopicPath(@Size(min = 1, max = 249) String topicId) {}

    /** How much to tell of a topic. */
    public record Detail(@Default("false") boolean detailed) {}

    /** Where to start reading. */
    public enum Order {
        NEWEST,
        OLDEST
    }

    /**
     * Which records are wanted.
     *
     * @param key text that the key contains
     * @param query text that the value contains
     * @param lastSeenOffsets where the page before ended: read on
     * @param firstSeenOffsets where the page after began: read what comes before it
     */
    public record Messages(
            @Default("50") @Min(1) @Max(500) int pageSize,
            @Default("newest") Order order,
            Optional<@Min(0) Integer> partition,
            Optional<@Min(0) Long> offset,
            Optional<Instant> timestampFrom,
            Optional<Instant> timestampTo,
            Optional<String> key,
            Optional<String> query,
            Optional<String> lastSeenOffsets,
            Optional<String> firstSeenOffsets) {}

    /** What Kafka does with old records, in its words. */
    public enum CleanupPolicy {
        DELETE,
        COMPACT,
        @JsonProperty("delete,compact")
        DELETE_COMPACT;

        String value() {
            return WireNames.of(this);
        }
    }

    /** A topic to make by hand. */
    public record Create(
            @Size(min = 1, max = 249) String topicName,
            @Default("1") @Min(1) int numPartitions,
            Optional<@Min(1) Integer> replicationFactor,
            Optional<CleanupPolicy> cleanupPolicy,
            Optional<@Min(1) Integer> minInsyncReplicas,
            Optional<@Min(-1) Long> retentionMs,
            Optional<@Min(-1) Long> retentionBytes,
            Optional<@Min(1) Integer> maxMessageBytes,
            Optional<Map<String, JsonNode>> customConfigs) {}

    /** What is to change of a topic, wrapped. */
    public record Update(Change payload) {}

    /** What is to change of a topic; tags that are named replace those that it has. */
    public record Change(Optional<@Min(1) Integer> partitionCount, Optional<List<String>> tags) {}

    /** Settings to change. */
    public record Configs(Map<String, JsonNode> configs) {}

    /** Topics by their ids of the database. */
    public record Bulk(@Size(min = 1, max = 500) List<String> topicIds) {}

    /** Path of a topic and a destination. */
    public record BindingPath(@Size(min = 1, max = 249) String topicId, String destinationId) {}

    /** How a key or a value is written. */
    public enum Format {
        AVRO,
        JSON,
        JSON_SCHEMA,
        PROTOBUF,
        STRING,
        BYTEARRAY;

        String wireName() {
            return WireNames.of(this);
        }
    }

    /** A record to write. */
    public record Message(
            Optional<@Min(0) Integer> partition,
            Optional<JsonNode> key,
            JsonNode value,
            Optional<Map<String, String>> headers,
            @Default("string") Format keyFormat,
            @Default("json") Format valueFormat) {}

    /** Kinds of what has topics. */
    public enum EntityType {
        SOURCES,
        DESTINATIONS,
        TRANSFORMS,
        PIPELINES,
        MANUAL
    }

    /** An owner of topics, and which of them are wanted; none named means all. */
    public record MetricsEntity(String id, EntityType entityType, Optional<List<String>> topicIds) {}

    /**
     * Of which topics figures are wanted, and over which time.
     *
     * @param timeType has no effect: the answer has one form
     */
    public record TableMetrics(
            List<MetricsEntity> entities,
            Optional<Instant> timestampFrom,
            Optional<Instant> timestampTo,
            Optional<TimeQuery.Form> timeType,
            Optional<@Min(1) Integer> timeInterval,
            Optional<TimeQuery.Unit> timeUnit) {
        TimeQuery.Range range() {
            return new TimeQuery.Range(timeInterval.orElse(1), timeUnit, timestampFrom, timestampTo);
        }
    }
}
