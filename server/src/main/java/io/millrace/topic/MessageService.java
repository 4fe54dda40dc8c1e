package io.millrace.topic;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.engine.KafkaCluster;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads pages of records of a topic. */
public final class MessageService {
    /** Of records on one page; a value that is longer than its share is on a page of its own. */
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final TopicService topics;
    private final KafkaCluster kafka;
    private final RecordDecoder decoder;
    private final Clock clock;

    MessageService(TopicService topics, KafkaCluster kafka, RecordDecoder decoder, Clock clock) {
        this.topics = topics;
        this.kafka = kafka;
        this.decoder = decoder;
        this.clock = clock;
    }

    /** A record as clients read it. */
    public record Message(
            int partition,
            long offset,
            Instant timestamp,
            JsonNode key,
            JsonNode value,
            Map<String, String> headers,
            Optional<String> keyFormat,
            Optional<String> valueFormat,
            Optional<Long> keySchemaId,
            Optional<Long> valueSchemaId,
            long sizeBytes,
            boolean isTombstone,
            boolean truncated) {}

    /** A page of records; the offsets are sent back to read the next or the previous one. */
    public record MessagePage(
            List<Message> result,
            int pageSize,
            boolean hasNext,
            Optional<String> lastSeenOffsets,
            Optional<String> firstSeenOffsets) {}

    MessagePage read(Caller caller, String topicId, TopicRequests.Messages wanted) {
        topics.find(caller, topicId);
        if (wanted.offset().isPresent() && wanted.partition().isEmpty()) {
            throw new ApiProblem.BadRequest("'offset' needs 'partition'; send both");
        }
        Optional<Map<Integer, Long>> last = wanted.lastSeenOffsets().map(SeenOffsets::parse);
        Optional<Map<Integer, Long>> first = wanted.firstSeenOffsets().map(SeenOffsets::parse);
        if (kafka.describe(topicId).isEmpty()) {
            return new MessagePage(List.of(), wanted.pageSize(), false, Optional.empty(), Optional.empty());
        }
        boolean newest = wanted.order() == TopicRequests.Order.NEWEST;
        // The page before the one that was seen is read from its near end, the other way round.
        boolean backward = newest == first.isEmpty();
        try (TopicReader reader = new TopicReader(kafka.clientProperties(), topicId)) {
            Map<TopicPartition, OffsetRange> ranges = new HashMap<>();
            reader.ranges(wanted, last.isEmpty() && first.isEmpty(), clock.instant())
                    .forEach((partition, range) -> ranges.put(
                            partition,
                            range.beside(seen(last, partition), newest).beside(seen(first, partition), !newest)));
            List<PageMerge.Part> parts = new ArrayList<>();
            ranges.forEach((partition, range) -> parts.add(new PageMerge.Part(
                    partition.partition(),
                    range,
                    reader.read(
                            partition,
                            range,
                            backward,
                            new TopicReader.Most(wanted.pageSize(), MOST_BYTES / ranges.size()),
                            record -> message(caller, record)
                                    .filter(message -> contains(message.key(), wanted.key())
                                            && contains(message.value(), wanted.query()))))));
            return page(PageMerge.of(parts, wanted.pageSize(), backward), wanted.pageSize(), newest, backward);
        }
    }

    private static MessagePage page(PageMerge merged, int size, boolean newest, boolean backward) {
        // The page before the one that was seen was read the other way round.
        boolean turned = newest != backward;
        List<Message> shown = new ArrayList<>(merged.shown());
        if (turned) {
            Collections.reverse(shown);
        }
        Optional<String> next = SeenOffsets.text(merged.next());
        Optional<String> before = SeenOffsets.text(merged.before());
        return new MessagePage(shown, size, merged.more(), turned ? before : next, turned ? next : before);
    }

    private Optional<Message> message(Caller caller, ConsumerRecord<byte[], byte[]> record) {
        RecordDecoder.Decoded key = decoder.decode(caller, Optional.ofNullable(record.key()));
        RecordDecoder.Decoded value = decoder.decode(caller, Optional.ofNullable(record.value()));
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), RecordDecoder.text(header.value())));
        return Optional.of(new Message(
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                key.value(),
                value.value(),
                headers,
                key.format(),
                value.format(),
                key.schemaId(),
                value.schemaId(),
                Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize()),
                record.value() == null,
                value.truncated()));
    }

    private static boolean contains(JsonNode value, Optional<String> part) {
        return part.filter(text -> !text.isEmpty())
                .map(text -> (value.isTextual() ? value.textValue() : value.toString()).contains(text))
                .orElse(true);
    }

    private static Optional<Long> seen(Optional<Map<Integer, Long>> offsets, TopicPartition partition) {
        return offsets.flatMap(known -> Optional.ofNullable(known.get(partition.partition())));
    }

    /** Lists of {@code partition:offset}. */
    private static final class SeenOffsets {
        static Map<Integer, Long> parse(String text) {
            Map<Integer, Long> offsets = new HashMap<>();
            for (String pair : text.split(",", -1)) {
                String[] parts = pair.strip().split(":", -1);
                if (parts.length != 2 || !parts[0].matches("[0-9]{1,9}") || !parts[1].matches("[0-9]{1,18}")) {
                    throw new ApiProblem.BadRequest("'" + pair + "' is no pair of partition and offset, such as 0:42");
                }
                offsets.put(Integer.valueOf(parts[0]), Long.valueOf(parts[1]));
            }
            return offsets;
        }

        static Optional<String> text(Map<Integer, Long> offsets) {
            return offsets.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new TreeMap<>(offsets)
                            .entrySet().stream()
                                    .map(entry -> entry.getKey() + ":" + entry.getValue())
                                    .collect(Collectors.joining(",")));
        }
    }
}
