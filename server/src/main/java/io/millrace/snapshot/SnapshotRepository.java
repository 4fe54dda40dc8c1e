package io.millrace.snapshot;

import io.millrace.control.DesiredSnapshot;
import io.millrace.http.Page;
import io.millrace.http.PageRequest;
import io.millrace.http.SortDirection;
import io.millrace.store.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Runs in the store, and which of their wishes are published. */
public final class SnapshotRepository {
    /** Topics of fewer rows say little about speed. */
    private static final int MEASURED_ROWS = 1000;

    private static final int MEASURED_TOPICS = 20;

    private final Store store;

    public SnapshotRepository(Store store) {
        this.store = store;
    }

    /** Does {@code work} on the runs of one source; two changes of one source come one after the other. */
    <R> R change(String sourceId, Function<SourceRuns, R> work) {
        return store.write(handle -> work.apply(SourceRuns.lock(handle, sourceId)));
    }

    Optional<Run> newest(String sourceId) {
        return store.read(handle -> RunReads.newest(handle, sourceId));
    }

    Optional<Run> find(String sourceId, RunId id) {
        return store.read(handle -> RunReads.find(handle, sourceId, id));
    }

    /**
     * Returns runs of one source, newest first, or oldest first if asked for.
     *
     * @param states none means all of them
     * @param held the run that counts as paused, whatever its state
     */
    Page<Run> page(
            String sourceId, List<String> states, Optional<RunId> held, PageRequest asked, SortDirection direction) {
        String where = " from snapshot_run where source_id = :source"
                + (states.isEmpty() ? "" : " and case when id = :held then 'paused' else state end in (<states>)");
        String order = direction == SortDirection.ASC ? " asc" : " desc";
        List<String> wanted = states.isEmpty() ? List.of("any") : states;
        return store.read(handle -> {
            long total = handle.createQuery("select count(*)" + where)
                    .bind("source", sourceId)
                    .bind("held", held.map(RunId::value))
                    .bindList("states", wanted)
                    .mapTo(Long.class)
                    .one();
            List<RunRows.RunRow> rows = handle.createQuery("select *" + where + " order by submitted_at" + order
                            + ", id" + order + " limit :limit offset :offset")
                    .bind("source", sourceId)
                    .bind("held", held.map(RunId::value))
                    .bindList("states", wanted)
                    .bind("limit", asked.pageSize())
                    .bind("offset", asked.offset())
                    .map((row, context) -> RunRows.run(row))
                    .list();
            return Page.of(asked, RunReads.whole(handle, rows), total);
        });
    }

    /** Returns what the task of a source should be told now. */
    Optional<Desired> desired(String sourceId) {
        return store.read(handle -> handle.createQuery(
                        "select revision, published from snapshot_source where source_id = :source")
                .bind("source", sourceId)
                .map((row, context) -> new long[] {row.getLong("revision"), row.getLong("published")})
                .findOne()
                .map(revisions -> new Desired(
                        DesiredDocument.of(sourceId, revisions[0], RunReads.newest(handle, sourceId)), revisions[1])));
    }

    /** Notes that a revision stands in the control topic. */
    void published(String sourceId, long revision) {
        store.change(handle -> handle.createUpdate("update snapshot_source set published = :revision"
                        + " where source_id = :source and published < :revision")
                .bind("revision", revision)
                .bind("source", sourceId)
                .execute());
    }

    /**
     * Returns the sources whose tasks may not know what they should do: those with an unpublished revision and, because
     * another server may have died between writing a late document and noticing, those with an active run.
     */
    List<String> outstanding() {
        return store.read(handle -> handle.createQuery(
                        "select source_id from snapshot_source where published < revision union select source_id from"
                                + " snapshot_run where finished_at is null order by source_id")
                .mapTo(String.class)
                .list());
    }

    /**
     * Returns the rows per second at which topics of a source were read lately; nothing before one of some size was
     * completed.
     */
    Optional<Double> rowsPerSecond(String sourceId) {
        return store.read(
                handle -> handle.createQuery("select sum(delivered_rows) as total, sum(finished_at - started_at) as"
                                + " micros from (select t.delivered_rows, t.finished_at, t.started_at from snapshot_topic t join"
                                + " snapshot_run r on r.id = t.run_id where r.source_id = :source and t.state = 'completed' and"
                                + " t.finished_at > t.started_at and t.delivered_rows >= :some order by t.finished_at desc limit"
                                + " :most) as lately")
                        .bind("source", sourceId)
                        .bind("some", MEASURED_ROWS)
                        .bind("most", MEASURED_TOPICS)
                        .map((row, context) -> new long[] {row.getLong("total"), row.getLong("micros")})
                        .findOne()
                        .filter(sums -> sums[1] > 0)
                        .map(sums -> sums[0] * 1e6 / sums[1]));
    }

    /** One topic of one run. */
    record TopicOfRun(String sourceId, RunId run, String topic) {}

    /**
     * Returns topics that completed since a time with so many rows at most, in their newest run, and are not proven; those
     * of a source with an active run are left out.
     */
    List<TopicOfRun> unproven(Instant since, long most) {
        return store.read(handle -> handle.createQuery("select r.source_id, t.run_id, t.topic from snapshot_newest n"
                        + " join snapshot_topic t on t.run_id = n.run_id and t.position = n.position"
                        + " join snapshot_run r on r.id = t.run_id where t.state = 'completed' and t.checked_at is null"
                        + " and t.finished_at >= :since and t.delivered_rows <= :most and not exists (select 1 from"
                        + " snapshot_run a where a.source_id = r.source_id and a.finished_at is null)"
                        + " order by t.finished_at")
                .bind("since", since)
                .bind("most", most)
                .map((row, context) -> new TopicOfRun(
                        row.getString("source_id"), new RunId(row.getString("run_id")), row.getString("topic")))
                .list());
    }

    /** Returns the first of the runs that a run goes on from, as far back as they had the topic. */
    Run first(Run run, String topicId) {
        Optional<Run> before = run.order()
                .continuedFrom()
                .flatMap(id -> find(run.sourceId(), id))
                .filter(earlier -> earlier.topics().stream()
                        .anyMatch(topic -> topic.topic().id().equals(topicId)));
        return before.map(earlier -> first(earlier, topicId)).orElse(run);
    }

    /** Returns the sources with an active run. */
    List<String> active() {
        return store.read(handle -> handle.createQuery(
                        "select source_id from snapshot_run where finished_at is null order by source_id")
                .mapTo(String.class)
                .list());
    }

    /** Returns the sources with a topic whose stop is not confirmed. */
    List<String> stopping() {
        return store.read(handle -> handle.createQuery("select distinct r.source_id from snapshot_run r"
                        + " join snapshot_topic t on t.run_id = r.id"
                        + " where r.finished_at is null and t.state = 'stopping' order by r.source_id")
                .mapTo(String.class)
                .list());
    }

    /**
     * A document and how much of it is known.
     *
     * @param published revision that stands in the control topic
     */
    record Desired(DesiredSnapshot document, long published) {
        boolean isPublished() {
            return published >= document.revision();
        }
    }

    /** Returns how many rows were delivered into each topic by all runs. */
    Map<String, Long> delivered() {
        Map<String, Long> rows = new HashMap<>();
        store.<List<Map.Entry<String, Long>>, RuntimeException>read(handle -> handle.createQuery(
                                "select topic, sum(delivered_rows) from snapshot_topic group by topic")
                        .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                        .list())
                .forEach(topic -> rows.put(topic.getKey(), topic.getValue()));
        return rows;
    }

    /** Returns the runs of these sources that have not ended, the oldest first. */
    List<Run> active(Collection<String> sourceIds) {
        if (sourceIds.isEmpty()) {
            return List.of();
        }
        return store.read(handle -> handle
                .createQuery("select source_id, id from snapshot_run where finished_at is null and source_id in (<ids>)"
                        + " order by submitted_at, id")
                .bindList("ids", List.copyOf(sourceIds))
                .map((row, context) -> Map.entry(row.getString(1), new RunId(row.getString(2))))
                .list()
                .stream()
                .flatMap(run -> RunReads.find(handle, run.getKey(), run.getValue()).stream())
                .toList());
    }

    /** Returns how many runs of these sources, of those that were asked for since, are in each state. */
    Map<String, Long> states(Collection<String> sourceIds, Instant since) {
        Map<String, Long> states = new TreeMap<>();
        if (!sourceIds.isEmpty()) {
            store.<List<Map.Entry<String, Long>>, RuntimeException>read(handle -> handle.createQuery(
                                    "select state, count(*) from snapshot_run where submitted_at >= :since"
                                            + " and source_id in (<ids>) group by state")
                            .bind("since", since)
                            .bindList("ids", List.copyOf(sourceIds))
                            .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                            .list())
                    .forEach(state -> states.put(state.getKey(), state.getValue()));
        }
        return states;
    }
}
