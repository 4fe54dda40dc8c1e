package io.millrace.topic;

import io.millrace.engine.KafkaCluster;
import io.millrace.engine.TopicDescription;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.http.Page;
import io.millrace.http.PageRequest;
import io.millrace.source.SnapshotMarks;
import io.millrace.source.SourceId;
import io.millrace.source.SourceTopic;
import io.millrace.source.TopicDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists topics and says what they are like. */
public final class TopicService {
    private static final String SOURCES = "sources";

    private final TopicDirectory directory;
    private final KafkaCluster kafka;
    private final SnapshotMarks snapshots;
    private final String format;

    /** Reads topics of sources; {@code format} is how records are written. */
    public TopicService(TopicDirectory directory, KafkaCluster kafka, SnapshotMarks snapshots, String format) {
        this.directory = directory;
        this.kafka = kafka;
        this.snapshots = snapshots;
        this.format = format;
    }

    Page<TopicViews.Item> list(Caller caller, TopicRequests.Filter filter) {
        PageRequest page = filter.wanted();
        if (matchesNone(filter)) {
            return Page.of(page, List.of(), 0);
        }
        TopicDirectory.Wanted wanted = new TopicDirectory.Wanted(
                filter.topicId(),
                filter.partialName(),
                TopicRequests.Filter.values(filter.entityId()),
                page.sort().filter("name"::equals).isPresent(),
                page.sortDir());
        List<String> states = TopicRequests.Filter.values(filter.snapshot());
        if (!states.isEmpty()) {
            List<TopicDirectory.Entry> all = directory.list(caller, wanted, 0, Integer.MAX_VALUE);
            Map<SourceId, List<SnapshotMarks.Mark>> marks = marks(all);
            return Page.cut(
                            page,
                            all.stream()
                                    .filter(entry -> mark(entry, marks)
                                            .filter(mark -> states.contains(mark.status()))
                                            .isPresent())
                                    .toList())
                    .map(entry -> item(entry, marks));
        }
        List<TopicDirectory.Entry> found = directory.list(caller, wanted, page.offset(), page.pageSize());
        Map<SourceId, List<SnapshotMarks.Mark>> marks = marks(found);
        return Page.of(page, found, directory.count(caller, wanted)).map(entry -> item(entry, marks));
    }

    TopicViews.Detail get(Caller caller, String topicId, boolean detailed) {
        TopicDirectory.Entry entry = find(caller, topicId);
        Optional<TopicDescription> known = kafka.describe(topicId);
        // A topic of a source that was never deployed is not in Kafka yet; it will have one partition.
        int count = known.map(topic -> topic.partitions().size()).orElse(1);
        List<TopicViews.Partition> partitions = known.stream()
                .filter(topic -> detailed)
                .flatMap(topic -> topic.partitions().stream())
                .map(partition -> new TopicViews.Partition(
                        partition.partition(),
                        partition.leader(),
                        partition.replicas(),
                        partition.isr(),
                        partition.earliest(),
                        partition.latest()))
                .toList();
        SourceTopic topic = entry.topic();
        return new TopicViews.Detail(
                topic.topicId(),
                topic.topicId(),
                topic.dbId(),
                topic.topicName(),
                entity(entry),
                entry.source().topicPrefix(),
                TopicViews.Serialization.of(format),
                count,
                List.of(),
                new TopicViews.Kafka(
                        new TopicViews.Partitions(count, partitions),
                        known.map(TopicDescription::replicationFactor),
                        known.map(TopicDescription::configs).orElse(Map.of())));
    }

    TopicDirectory.Entry find(Caller caller, String topicId) {
        return directory
                .find(caller, topicId)
                .orElseThrow(() -> new ApiProblem.NotFound("Topic not found: " + topicId));
    }

    /** Conditions on what no topic has yet: other owners, dead letter queues, a remaining time. */
    private boolean matchesNone(TopicRequests.Filter filter) {
        List<String> types = TopicRequests.Filter.values(filter.entityType());
        List<String> formats = TopicRequests.Filter.values(filter.valueFormat());
        return (!types.isEmpty() && !types.contains(SOURCES))
                || (!formats.isEmpty() && !formats.contains(format))
                || filter.hasErrors().orElse(false)
                || filter.eta().isPresent();
    }

    private Map<SourceId, List<SnapshotMarks.Mark>> marks(List<TopicDirectory.Entry> entries) {
        return snapshots.newest(
                entries.stream().map(TopicDirectory.Entry::source).distinct().toList());
    }

    private static Optional<SnapshotMarks.Mark> mark(
            TopicDirectory.Entry entry, Map<SourceId, List<SnapshotMarks.Mark>> marks) {
        return Stream.ofNullable(marks.get(entry.source()))
                .flatMap(List::stream)
                .filter(mark -> mark.topicId().equals(entry.topic().topicId()))
                .findFirst();
    }

    private TopicViews.Item item(TopicDirectory.Entry entry, Map<SourceId, List<SnapshotMarks.Mark>> marks) {
        return new TopicViews.Item(
                entry.topic().topicId(),
                entry.topic().topicName(),
                entity(entry),
                entry.source().topicPrefix(),
                TopicViews.Serialization.of(format),
                mark(entry, marks).map(TopicViews.Snapshot::of));
    }

    private static TopicViews.Entity entity(TopicDirectory.Entry entry) {
        return new TopicViews.Entity(
                SOURCES,
                entry.source().value(),
                entry.sourceName(),
                entry.connector(),
                entry.siblings().stream().map(SourceTopic::topicId).toList(),
                entry.siblings().stream().map(SourceTopic::dbId).toList(),
                entry.sourceName());
    }
}
