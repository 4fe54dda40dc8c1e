package io.millrace.source;

import io.millrace.control.TableName;
import io.millrace.http.Caller;
import io.millrace.http.SortDirection;
import io.millrace.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Topics of sources across sources, cut by the store. */
public final class TopicDirectory {
    /** Characters before the name of a topic: the prefix of its source and a dot. */
    private static final int PREFIX = "source_".length() + 24 + 1;

    private final Store store;
    private final SourceTables tables;

    TopicDirectory(Store store, SourceTables tables) {
        this.store = store;
        this.tables = tables;
    }

    /**
     * A topic and its source.
     *
     * @param siblings all topics of the source, this one included
     */
    public record Entry(
            SourceTopic topic, SourceId source, String sourceName, String connector, List<SourceTopic> siblings) {
        public Entry {
            siblings = List.copyOf(siblings);
        }
    }

    /**
     * Which topics are wanted.
     *
     * @param partialName part of the name, in any case
     * @param sources ids of sources; empty for all
     * @param byName whether to order by name
     */
    public record Criteria(
            Optional<String> topicId,
            Optional<String> partialName,
            List<String> sources,
            boolean byName,
            SortDirection direction) {
        public Criteria {
            sources = List.copyOf(sources);
        }
    }

    /** Returns some of the topics of the caller's sources, in order. */
    public List<Entry> list(Caller caller, Criteria criteria, long offset, int limit) {
        String order = (criteria.byName()
                        ? "t.topic_order " + criteria.direction().name() + ", "
                        : "")
                .replace("t.topic_order", "substr(t.topic, " + (PREFIX + 1) + ")");
        return store.read(handle -> entries(
                handle,
                bind(
                                handle.createQuery("select t.*, s.name as source_name, s.connector " + from(criteria)
                                        + " order by " + order
                                        + "s.created_at, s.id, t.position limit :limit offset :offset"),
                                caller,
                                criteria)
                        .bind("limit", limit)
                        .bind("offset", offset)));
    }

    /** Returns how many there are. */
    public long count(Caller caller, Criteria criteria) {
        return store.read(handle -> bind(handle.createQuery("select count(*) " + from(criteria)), caller, criteria)
                .mapTo(Long.class)
                .one());
    }

    /** Returns a topic of the caller's. */
    public Optional<Entry> find(Caller caller, String topicId) {
        Criteria one = new Criteria(Optional.of(topicId), Optional.empty(), List.of(), false, SortDirection.ASC);
        return list(caller, one, 0, 1).stream().findFirst();
    }

    private static String from(Criteria criteria) {
        return "from source_topic t join source s on s.id = t.source_id"
                + " where s.tenant_id = :tenant and s.service_id = :service and s.deleted = 0 and t.captured = 1"
                + (criteria.topicId().isPresent() ? " and t.topic = :topic" : "")
                + (criteria.partialName().isPresent()
                        ? " and lower(substr(t.topic, " + (PREFIX + 1) + ")) like :part escape '!'"
                        : "")
                + (criteria.sources().isEmpty() ? "" : " and s.id in (<sources>)");
    }

    private static Query bind(Query query, Caller caller, Criteria criteria) {
        query.bind("tenant", caller.tenantId()).bind("service", caller.serviceId());
        criteria.topicId().ifPresent(topic -> query.bind("topic", topic));
        criteria.partialName().ifPresent(part -> query.bind("part", SourceScan.pattern(part.toLowerCase(Locale.ROOT))));
        if (!criteria.sources().isEmpty()) {
            query.bindList("sources", criteria.sources());
        }
        return query;
    }

    private List<Entry> entries(Handle handle, Query query) {
        List<Entry> bare = query.map((row, context) -> new Entry(
                        TopicRepository.topic(
                                row.getString("topic"),
                                row.getString("id"),
                                new TableName(row.getString("table_schema"), row.getString("table_name"))),
                        new SourceId(row.getString("source_id")),
                        row.getString("source_name"),
                        row.getString("connector"),
                        List.of()))
                .list();
        Map<SourceId, List<SourceTopic>> siblings = new HashMap<>(tables.topics()
                .of(handle, bare.stream().map(Entry::source).distinct().toList()));
        List<Entry> whole = new ArrayList<>();
        for (Entry entry : bare) {
            whole.add(new Entry(
                    entry.topic(),
                    entry.source(),
                    entry.sourceName(),
                    entry.connector(),
                    siblings.getOrDefault(entry.source(), List.of())));
        }
        return whole;
    }
}
