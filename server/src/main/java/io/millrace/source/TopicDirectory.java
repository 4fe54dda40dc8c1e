package io.millrace.source;

import io.millrace.control.TableName;
import io.millrace.http.Caller;
import io.millrace.http.SortDirection;
import io.millrace.store.Criteria;
import io.millrace.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Topics of sources across sources, cut by the store. */
public final class TopicDirectory {
    /** Characters before the name of a topic: the prefix of its source and a dot. */
    private static final int PREFIX = "source_".length() + 24 + 1;

    private static final String NAME = "substr(t.topic, " + (PREFIX + 1) + ")";

    private final Store store;
    private final SourceTables tables;

    TopicDirectory(SourceTables tables) {
        store = tables.store();
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
    public record Wanted(
            Optional<String> topicId,
            Optional<String> partialName,
            List<String> sources,
            boolean byName,
            SortDirection direction) {
        public Wanted {
            sources = List.copyOf(sources);
        }
    }

    /** Returns some of the topics of the caller's sources, in order. */
    public List<Entry> list(Caller caller, Wanted wanted, long offset, int limit) {
        String order = wanted.byName() ? NAME + " " + wanted.direction().name() + ", " : "";
        Criteria criteria = criteria(caller, wanted);
        return store.read(handle -> entries(
                handle,
                criteria.bind(handle.createQuery("select t.*, s.name as source_name, s.connector " + criteria
                                + " order by " + order + "s.created_at, s.id, t.position limit :limit offset :offset"))
                        .bind("limit", limit)
                        .bind("offset", offset)));
    }

    /** Returns how many there are. */
    public long count(Caller caller, Wanted wanted) {
        Criteria criteria = criteria(caller, wanted);
        return store.read(handle -> criteria.bind(handle.createQuery("select count(*) " + criteria))
                .mapTo(Long.class)
                .one());
    }

    /** Returns a topic of the caller's. */
    public Optional<Entry> find(Caller caller, String topicId) {
        Wanted one = new Wanted(Optional.of(topicId), Optional.empty(), List.of(), false, SortDirection.ASC);
        return list(caller, one, 0, 1).stream().findFirst();
    }

    /** Returns a topic of the caller's by its database id. */
    public Optional<Entry> findByDatabaseId(Caller caller, String id) {
        return store.<Optional<Map.Entry<SourceId, SourceTopic>>, RuntimeException>read(
                        handle -> tables.topics().findByDbId(handle, id))
                .flatMap(found -> find(caller, found.getValue().topicId()));
    }

    /** Returns the topics of a source in the order of its table list. */
    public List<SourceTopic> of(SourceId source) {
        return store.read(handle -> of(handle, source));
    }

    /** Returns the topics of each of the sources that has any. */
    public Map<SourceId, List<SourceTopic>> of(Collection<SourceId> sources) {
        return store.read(handle -> tables.topics().of(handle, sources));
    }

    /** As {@link #of(SourceId)}, in a transaction of the caller's. */
    public List<SourceTopic> of(Handle handle, SourceId source) {
        return tables.topics().of(handle, List.of(source)).getOrDefault(source, List.of());
    }

    private static Criteria criteria(Caller caller, Wanted wanted) {
        return new Criteria("from source_topic t join connector s on s.id = t.source_id"
                        + " where s.deleted = 0 and t.captured = 1")
                .equal("s.tenant_id", caller.tenantId())
                .equal("s.service_id", caller.serviceId())
                .equal("t.topic", wanted.topicId())
                .part("lower(" + NAME + ")", wanted.partialName())
                .in("s.id", wanted.sources());
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
