package io.millrace.topic;

import io.millrace.engine.KafkaCluster;
import io.millrace.engine.TopicDescription;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.store.Store;
import java.util.List;
import java.util.Optional;

/** Says what single topics are like. */
final class TopicService {
    private final Store store;
    private final TopicRepository rows;
    private final KafkaCluster kafka;
    private final TopicForms forms;

    TopicService(Store store, TopicRepository rows, KafkaCluster kafka, TopicForms forms) {
        this.store = store;
        this.rows = rows;
        this.kafka = kafka;
        this.forms = forms;
    }

    private record Stored(List<TopicEntry> siblings, List<String> tags) {}

    /** Returns a topic as clients see it. */
    TopicViews.Detail get(Caller caller, String topicId, boolean detailed) {
        return detail(caller, find(caller, topicId), detailed);
    }

    /** Returns a topic of the caller's as clients see it. */
    TopicViews.Detail detail(Caller caller, TopicEntry topic, boolean detailed) {
        Optional<TopicDescription> known = kafka.describe(topic.topicId());
        Stored stored = store.read(handle -> new Stored(
                rows.byOwner(handle, caller, List.of(topic.owner().id()))
                        .getOrDefault(topic.owner().id(), List.of(topic)),
                rows.tags(handle, topic)));
        return forms.detail(topic, stored.siblings(), stored.tags(), known, detailed);
    }

    /** Returns a topic of the caller's; refuses one that is unknown or somebody else's. */
    TopicEntry find(Caller caller, String topicId) {
        return store.<Optional<TopicEntry>, RuntimeException>read(handle -> rows.find(handle, caller, topicId))
                .orElseThrow(() -> new ApiProblem.NotFound("Topic not found: " + topicId));
    }

    /** Says that a topic is still to be made by what writes it. */
    static ApiProblem notInKafka(TopicEntry topic) {
        return new ApiProblem.BadRequest("Topic '" + topic.topicId()
                + "' is not in Kafka yet; deploy what writes it, or create it with PUT /topics/" + topic.topicId());
    }
}
