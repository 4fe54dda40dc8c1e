package io.millrace.topic;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.ConnectorTopic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of topics that destinations take without a pipeline. Every method works in the transaction of the handle it is given. */
final class BindingRepository {
    /** Keeps a binding unless it is there; returns whether it was not. */
    boolean insert(Handle handle, String id, String topic, ConnectorId destination, Instant now) {
        return handle.createUpdate(
                                """
                                insert into topic_binding (id, topic, destination_id, created_at)
                                values (:id, :topic, :destination, :now)
                                on conflict (topic, destination_id) do nothing
                                """)
                        .bind("id", id)
                        .bind("topic", topic)
                        .bind("destination", destination.value())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Returns the id of a binding. */
    Optional<String> find(Handle handle, String topic, ConnectorId destination) {
        return handle.createQuery("select id from topic_binding where topic = :topic and destination_id = :destination")
                .bind("topic", topic)
                .bind("destination", destination.value())
                .mapTo(String.class)
                .findOne();
    }

    void delete(Handle handle, String id) {
        handle.execute("delete from topic_binding where id = ?", id);
    }

    /** Returns the topics that are bound to a destination and need not wait until it has forgotten how far it was in them. */
    List<String> of(Handle handle, ConnectorId destination) {
        return handle.createQuery(
                        """
                        select b.topic from topic_binding b where b.destination_id = :destination and not exists (
                            select 1 from pipeline_reset r
                            where r.destination_id = b.destination_id and r.topic = b.topic)
                        order by b.topic
                        """)
                .bind("destination", destination.value())
                .mapTo(String.class)
                .list();
    }

    /** Returns a topic that is bound to a destination. */
    Optional<String> first(Handle handle, ConnectorId destination) {
        return handle.createQuery(
                        "select topic from topic_binding where destination_id = :destination order by topic limit 1")
                .bind("destination", destination.value())
                .mapTo(String.class)
                .findOne();
    }

    /** Returns the topics that are bound to each of the destinations that has any. */
    Map<ConnectorId, List<ConnectorTopic>> of(Handle handle, Collection<ConnectorId> destinations) {
        Map<String, ConnectorId> byId = new HashMap<>();
        destinations.forEach(id -> byId.put(id.value(), id));
        Map<ConnectorId, List<ConnectorTopic>> topics = new HashMap<>();
        if (byId.isEmpty()) {
            return topics;
        }
        handle.createQuery(
                        """
                        select b.destination_id, b.topic, e.name from topic_binding b join topic_entry e on e.topic = b.topic
                        where b.destination_id in (<ids>) order by b.topic
                        """)
                .bindList("ids", List.copyOf(byId.keySet()))
                .map((row, context) -> Map.entry(
                        byId.get(row.getString(1)),
                        new ConnectorTopic(row.getString(2), row.getString(3), group(row.getString(2)))))
                .forEach(found -> topics.computeIfAbsent(found.getKey(), id -> new ArrayList<>())
                        .add(found.getValue()));
        return topics;
    }

    /** Topics are listed under what is before the first dot of their names. */
    private static String group(String topic) {
        return topic.substring(0, Math.max(0, topic.indexOf('.')));
    }
}
