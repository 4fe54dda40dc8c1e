package io.millrace.topic;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.http.Caller;
import io.millrace.store.Store;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells others which topics clients see. */
public final class VisibleTopics {
    private final Store store;
    private final TopicRepository rows;
    private final TopicForms forms;

    VisibleTopics(Store store, TopicRepository rows, TopicForms forms) {
        this.store = store;
        this.rows = rows;
        this.forms = forms;
    }

    /** Returns the names in Kafka of all topics of the caller's. */
    public Set<String> names(Caller caller) {
        return store.read(handle -> rows.names(handle, caller));
    }

    /** Returns the caller's destinations, as owners of topics, by id. */
    public Map<ConnectorId, TopicViews.Entity> destinations(Caller caller) {
        Map<ConnectorId, TopicViews.Entity> destinations = new HashMap<>();
        store.<List<TopicEntry>, RuntimeException>read(handle -> rows.list(
                        handle,
                        TopicRepository.of(caller)
                                .in("owner_kind", List.of(TopicEntry.OwnerKind.DESTINATIONS.wireName())),
                        "id",
                        0,
                        Integer.MAX_VALUE))
                .forEach(topic -> destinations.put(
                        new ConnectorId(Kind.DESTINATION, topic.owner().id()), forms.entity(topic, List.of(topic))));
        return destinations;
    }
}
