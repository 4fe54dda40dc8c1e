package io.millrace.topic;

import io.millrace.connector.BulkOutcome;
import io.millrace.destination.SinkFrame;
import io.millrace.engine.BrokerRefusedException;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.TopicDescription;
import io.millrace.engine.TopicSpec;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.source.SourceTopic;
import io.millrace.store.Store;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes and deletes topics. */
final class TopicChanges {
    private final Store store;
    private final TopicRepository rows;
    private final KafkaCluster kafka;
    private final TopicService topics;

    TopicChanges(TopicTables tables, KafkaCluster kafka, TopicService topics) {
        this.store = tables.store();
        this.rows = tables.topics();
        this.kafka = kafka;
        this.topics = topics;
    }

    /** Changes tags, and raises the number of partitions; makes the topic where Kafka does not have it. */
    TopicViews.Detail update(Caller caller, String topicId, TopicRequests.Change change) {
        if (change.partitionCount().isEmpty() && change.tags().isEmpty()) {
            throw new ApiProblem.BadRequest("Nothing to change; send 'partition_count' or 'tags' in 'payload'");
        }
        TopicEntry topic = topics.find(caller, topicId);
        change.partitionCount().ifPresent(count -> partition(topic, count));
        change.tags().ifPresent(tags -> store.change(handle -> rows.tag(handle, topic, tags)));
        return topics.detail(caller, topic, false);
    }

    /** Forgets a topic that nothing writes or takes; one that was made by hand goes from Kafka, too. */
    TopicViews.Detail delete(Caller caller, String topicId) {
        TopicEntry topic = store.<Optional<TopicEntry>, RuntimeException>read(
                        handle -> rows.find(handle, caller, topicId))
                .orElseThrow(() -> new ApiProblem.NotFound("Could not find the topic '" + topicId + "'"));
        TopicViews.Detail was = topics.detail(caller, topic, false);
        delete(topic);
        return was;
    }

    /** As {@link #delete(Caller, String)}, for each of these ids of the database. */
    BulkOutcome delete(Caller caller, List<String> ids) {
        Map<String, TopicEntry> known = new HashMap<>();
        store.<List<TopicEntry>, RuntimeException>read(handle -> rows.ofIds(handle, caller, ids))
                .forEach(topic -> known.put(topic.id(), topic));
        return BulkOutcome.each(ids, id -> {
            TopicEntry topic = Optional.ofNullable(known.remove(id))
                    .orElseThrow(() -> new ApiProblem.NotFound("Could not find the topic '" + id + "'"));
            delete(topic);
            return "Topic '" + topic.topicId() + "' deleted";
        });
    }

    private void delete(TopicEntry topic) {
        if (topic.owner().kind() == TopicEntry.OwnerKind.SOURCES
                || topic.owner().kind() == TopicEntry.OwnerKind.DESTINATIONS) {
            throw new ApiProblem.Conflict("Topic '" + topic.topicId() + "' is written by "
                    + topic.owner().words() + "; it goes when that does not write it any more");
        }
        store.<Optional<String>, RuntimeException>read(handle -> rows.use(handle, topic))
                .ifPresent(use -> {
                    throw new ApiProblem.Conflict(
                            "Topic '" + topic.topicId() + "' is used by " + use + "; take it out of that first");
                });
        if (topic.isManual()) {
            kafka.deleteTopics(List.of(topic.topicId()));
        }
        store.change(handle -> rows.delete(handle, topic));
    }

    private void partition(TopicEntry topic, int count) {
        TopicCreation.refuseTooMany(topic.topicId(), count);
        Optional<TopicDescription> known = kafka.describe(topic.topicId());
        int present = known.map(found -> found.partitions().size()).orElse(0);
        if (count < present) {
            throw new ApiProblem.BadRequest(
                    "New partition count (" + count + ") must be greater than the current count (" + present + ")");
        }
        if (topic.deadLetters() && count > 1) {
            throw new ApiProblem.BadRequest("Topic '" + topic.topicId()
                    + "' has one partition, so that dead letters are replayed in their order");
        }
        try {
            if (known.isEmpty()) {
                kafka.admin().create(new TopicSpec(topic.topicId(), count, defaults(topic)), Optional.empty());
            } else if (count > present) {
                kafka.admin().raisePartitions(topic.topicId(), count);
            }
        } catch (BrokerRefusedException e) {
            throw new ApiProblem.BadRequest(
                    "Topic '" + topic.topicId() + "' cannot have " + count + " partitions: " + e.getMessage());
        }
    }

    private static Map<String, String> defaults(TopicEntry topic) {
        return switch (topic.owner().kind()) {
            case SOURCES, TRANSFORMS -> SourceTopic.SETTINGS;
            case DESTINATIONS -> SinkFrame.DEAD_LETTER_SETTINGS;
            case MANUAL -> Map.of();
        };
    }
}
