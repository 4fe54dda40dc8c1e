package io.millrace.topic;

import io.millrace.engine.TopicDescription;
import io.millrace.source.SnapshotMarks;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows topics to clients.
 *
 * @param format how sources and transforms write records
 */
record TopicForms(String format) {
    /** How topics are written that are made by hand: as clients like. */
    static final String UNKNOWN = "unknown";

    TopicViews.Item item(TopicEntry topic, List<TopicEntry> siblings, Optional<SnapshotMarks.Mark> mark) {
        return new TopicViews.Item(
                topic.topicId(),
                topic.name(),
                entity(topic, siblings),
                topic.prefix(),
                serialization(topic),
                mark.map(TopicViews.Snapshot::of));
    }

    /** @param known what Kafka knows; a topic of a source that was never deployed is not in Kafka yet, and will have one partition */
    TopicViews.Detail detail(
            TopicEntry topic,
            List<TopicEntry> siblings,
            List<String> tags,
            Optional<TopicDescription> known,
            boolean partitions) {
        int count = known.map(found -> found.partitions().size()).orElse(1);
        List<TopicViews.Partition> details = known.stream()
                .filter(found -> partitions)
                .flatMap(found -> found.partitions().stream())
                .map(partition -> new TopicViews.Partition(
                        partition.partition(),
                        partition.leader(),
                        partition.replicas(),
                        partition.isr(),
                        partition.earliest(),
                        partition.latest()))
                .toList();
        return new TopicViews.Detail(
                topic.topicId(),
                topic.topicId(),
                topic.id(),
                topic.name(),
                entity(topic, siblings),
                topic.prefix(),
                serialization(topic),
                count,
                tags,
                new TopicViews.Kafka(
                        new TopicViews.Partitions(count, details),
                        known.map(TopicDescription::replicationFactor),
                        known.map(TopicDescription::configs).orElse(Map.of())));
    }

    TopicViews.Entity entity(TopicEntry topic, List<TopicEntry> siblings) {
        return new TopicViews.Entity(
                topic.owner().kind(),
                topic.owner().id(),
                topic.owner().name(),
                topic.owner().connector(),
                siblings.stream().map(TopicEntry::topicId).toList(),
                siblings.stream().map(TopicEntry::id).toList(),
                topic.owner().name());
    }

    TopicViews.Serialization serialization(TopicEntry topic) {
        return topic.isManual() ? TopicViews.Serialization.UNKNOWN : TopicViews.Serialization.of(format);
    }
}
