package io.millrace.source;

import io.millrace.control.TableName;
import io.millrace.store.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of topics. Every method works in the transaction of the handle it is given. */
final class TopicRepository {
    private final Ids ids;

    TopicRepository(Ids ids) {
        this.ids = ids;
    }

    /** Makes these, in this order, the topics of the source. One that was a topic of it before has its id again. */
    void replace(Handle handle, SourceId source, Map<String, TableName> topics) {
        handle.execute("update source_topic set captured = 0 where source_id = ?", source.value());
        int position = 0;
        for (Map.Entry<String, TableName> topic : topics.entrySet()) {
            handle.execute(
                    """
                    insert into source_topic (id, source_id, topic, table_schema, table_name, position, captured)
                    values (?, ?, ?, ?, ?, ?, 1)
                    on conflict (topic) do update set position = excluded.position, captured = 1
                    """,
                    ids.next(),
                    source.value(),
                    topic.getKey(),
                    topic.getValue().schema(),
                    topic.getValue().table(),
                    position++);
        }
    }

    /** Returns the topics of each of the sources that has any, in the order of its table list. */
    Map<SourceId, List<SourceTopic>> of(Handle handle, Collection<SourceId> sources) {
        Map<SourceId, List<SourceTopic>> topics = new HashMap<>();
        if (sources.isEmpty()) {
            return topics;
        }
        handle.createQuery(
                        """
                        select source_id, id, topic, table_schema, table_name from source_topic
                        where source_id in (<sources>) and captured = 1 order by source_id, position
                        """)
                .bindList("sources", sources.stream().map(SourceId::value).toList())
                .map((row, context) -> Map.entry(
                        new SourceId(row.getString("source_id")),
                        topic(
                                row.getString("topic"),
                                row.getString("id"),
                                new TableName(row.getString("table_schema"), row.getString("table_name")))))
                .forEach(topic -> topics.computeIfAbsent(topic.getKey(), id -> new ArrayList<>())
                        .add(topic.getValue()));
        return topics;
    }

    /** Returns the source that captures into a topic, with the topic. */
    Optional<Map.Entry<SourceId, SourceTopic>> find(Handle handle, String topic) {
        return handle.createQuery("select * from source_topic where topic = :topic and captured = 1")
                .bind("topic", topic)
                .map((row, context) -> Map.entry(
                        new SourceId(row.getString("source_id")),
                        topic(
                                row.getString("topic"),
                                row.getString("id"),
                                new TableName(row.getString("table_schema"), row.getString("table_name")))))
                .findOne();
    }

    /** Returns the topic of a database id, with the source that captures into it. */
    Optional<Map.Entry<SourceId, SourceTopic>> findByDbId(Handle handle, String dbId) {
        return handle.createQuery("select topic from source_topic where id = :id")
                .bind("id", dbId)
                .mapTo(String.class)
                .findOne()
                .flatMap(topic -> find(handle, topic));
    }

    static SourceTopic topic(String name, String dbId, TableName table) {
        return new SourceTopic(name, name.substring(name.indexOf('.') + 1), dbId, table);
    }
}
