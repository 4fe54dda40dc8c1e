package io.millrace.topic;

import io.millrace.http.Caller;
import io.millrace.http.shape.WireNames;
import io.millrace.store.Criteria;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Rows of topics. Every method works in the transaction of the handle it is given. */
final class TopicRepository {
    /** Keeps a topic that belongs to no source and no destination; returns false when one has its name in Kafka. */
    boolean insert(Handle handle, Caller caller, TopicEntry topic, Instant now) {
        return handle.createUpdate(
                                """
                                insert into topic (id, tenant_id, service_id, topic, name, owner_kind, owner_id, created_at)
                                values (:id, :tenant, :service, :topic, :name, :kind, :owner, :now)
                                on conflict (topic) do nothing
                                """)
                        .bind("id", topic.id())
                        .bind("tenant", caller.tenantId())
                        .bind("service", caller.serviceId())
                        .bind("topic", topic.topicId())
                        .bind("name", topic.name())
                        .bind("kind", topic.owner().kind().wireName())
                        .bind("owner", topic.owner().id())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Forgets a topic, with its tags, that belongs to no source and no destination. */
    void delete(Handle handle, TopicEntry topic) {
        handle.execute("delete from topic_tag where topic_id = ?", topic.id());
        handle.execute("delete from topic where id = ?", topic.id());
    }

    /** Returns some of the topics, in order. */
    List<TopicEntry> list(Handle handle, Criteria criteria, String order, long offset, int limit) {
        return criteria.bind(handle.createQuery(
                        "select * " + criteria + " order by " + order + " limit :limit offset :offset"))
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> entry(row))
                .list();
    }

    /** Number of topics, and of those with dead letters among them. */
    record Counts(long all, long deadLetters) {}

    /** Returns how many topics the caller's service has. */
    Counts counts(Handle handle, Caller caller) {
        Criteria criteria = of(caller);
        return criteria.bind(handle.createQuery("select count(*), coalesce(sum(dead_letters), 0) " + criteria))
                .map((row, context) -> new Counts(row.getLong(1), row.getLong(2)))
                .one();
    }

    long count(Handle handle, Criteria criteria) {
        return criteria.bind(handle.createQuery("select count(*) " + criteria))
                .mapTo(Long.class)
                .one();
    }

    /** Returns a topic of the caller's by its name in Kafka. */
    Optional<TopicEntry> find(Handle handle, Caller caller, String topicId) {
        return list(handle, of(caller).equal("topic", topicId), "id", 0, 1).stream()
                .findFirst();
    }

    /** Returns those topics of the caller's that have these ids of the database. */
    List<TopicEntry> ofIds(Handle handle, Caller caller, List<String> ids) {
        return list(handle, of(caller).in("id", ids), "id", 0, ids.size());
    }

    /** Returns all topics of each of these owners. */
    Map<String, List<TopicEntry>> byOwner(Handle handle, Caller caller, Collection<String> owners) {
        Map<String, List<TopicEntry>> topics = new HashMap<>();
        if (!owners.isEmpty()) {
            list(
                            handle,
                            of(caller).in("owner_id", List.copyOf(owners)),
                            "created_at, owner_id, position",
                            0,
                            Integer.MAX_VALUE)
                    .forEach(topic -> topics.computeIfAbsent(topic.owner().id(), id -> new ArrayList<>())
                            .add(topic));
        }
        return topics;
    }

    /** Returns all topics of the caller's that an owner writes, or a pipeline takes. */
    List<TopicEntry> of(Handle handle, Caller caller, TopicRequests.EntityType kind, String id) {
        Criteria criteria = kind == TopicRequests.EntityType.PIPELINES
                ? of(caller).inRows("topic", "select p.topic from pipeline_topic p where p.pipeline_id", List.of(id))
                : of(caller).equal("owner_id", id).equal("owner_kind", WireNames.of(kind));
        return list(handle, criteria, "created_at, owner_id, position", 0, Integer.MAX_VALUE);
    }

    /** Returns the names in Kafka of all topics of the caller's. */
    Set<String> names(Handle handle, Caller caller) {
        return select(handle, of(caller)).mapTo(String.class).collect(Collectors.toSet());
    }

    List<String> tags(Handle handle, TopicEntry topic) {
        return handle.createQuery("select tag_id from topic_tag where topic_id = :id order by position")
                .bind("id", topic.id())
                .mapTo(String.class)
                .list();
    }

    void tag(Handle handle, TopicEntry topic, List<String> tags) {
        handle.execute("delete from topic_tag where topic_id = ?", topic.id());
        int position = 0;
        for (String tag : tags) {
            handle.execute(
                    "insert into topic_tag (topic_id, position, tag_id) values (?, ?, ?)", topic.id(), position++, tag);
        }
    }

    /** Returns how many topics have a tag. */
    long tagged(Handle handle, String tag) {
        return handle.createQuery(
                        "select count(distinct t.topic_id) from topic_tag t join topic_entry e on e.id = t.topic_id"
                                + " where t.tag_id = :tag")
                .bind("tag", tag)
                .mapTo(Long.class)
                .one();
    }

    /** Returns what takes a topic, in words. */
    Optional<String> use(Handle handle, TopicEntry topic) {
        return handle.createQuery(
                        """
                        select 'pipeline ''' || p.name || '''' from pipeline p
                        join pipeline_topic t on t.pipeline_id = p.id where t.topic = :topic
                        union all
                        select 'destination ''' || d.name || '''' from connector d
                        join topic_binding b on b.destination_id = d.id where b.topic = :topic and d.deleted = 0
                        limit 1
                        """)
                .bind("topic", topic.topicId())
                .mapTo(String.class)
                .findOne();
    }

    /** Begins what is asked for of the caller's topics. */
    static Criteria of(Caller caller) {
        return new Criteria("from topic_entry where 1 = 1")
                .equal("tenant_id", caller.tenantId())
                .equal("service_id", caller.serviceId());
    }

    private static Query select(Handle handle, Criteria criteria) {
        return criteria.bind(handle.createQuery("select topic " + criteria));
    }

    private static TopicEntry entry(ResultSet row) throws SQLException {
        return new TopicEntry(
                row.getString("id"),
                row.getString("topic"),
                row.getString("name"),
                new TopicEntry.Owner(
                        TopicEntry.OwnerKind.of(row.getString("owner_kind")),
                        row.getString("owner_id"),
                        row.getString("owner_name"),
                        Optional.ofNullable(row.getString("connector"))),
                row.getInt("dead_letters") == 1);
    }
}
