package io.millrace.pipeline;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.DesiredState;
import io.millrace.connector.Kind;
import io.millrace.store.Times;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Rows of topics that are to be snapshotted for pipelines. Every method works in the transaction of the handle it is given. */
final class BackfillRepository {
    /** Adds topics of a pipeline; one that waits already goes on waiting. */
    void add(Handle handle, PipelineId pipeline, Collection<String> topics, String requestedBy, Instant now) {
        topics.forEach(topic -> handle.execute(
                "insert into pipeline_backfill (pipeline_id, topic, requested_by, requested_at) values (?, ?, ?, ?)"
                        + " on conflict (pipeline_id, topic) do nothing",
                pipeline.value(),
                topic,
                requestedBy,
                Times.toColumn(now)));
    }

    /** Forgets topics of a pipeline, because they were begun with or are not wanted any more. */
    void remove(Handle handle, PipelineId pipeline, Collection<String> topics) {
        topics.forEach(topic -> handle.execute(
                "delete from pipeline_backfill where pipeline_id = ? and topic = ?", pipeline.value(), topic));
    }

    /** Forgets the topics of a pipeline that are none of these. */
    void keep(Handle handle, PipelineId pipeline, Collection<String> topics) {
        remove(
                handle,
                pipeline,
                waiting(handle, pipeline).stream()
                        .filter(topic -> !topics.contains(topic))
                        .toList());
    }

    private static List<String> waiting(Handle handle, PipelineId pipeline) {
        return handle.createQuery("select topic from pipeline_backfill where pipeline_id = :pipeline")
                .bind("pipeline", pipeline.value())
                .mapTo(String.class)
                .list();
    }

    /** Notes why a topic could not begin. */
    void note(Handle handle, Backfill backfill, String topic, String problem, Instant now) {
        handle.execute(
                "update pipeline_backfill set problem = ?, tried_at = ? where pipeline_id = ? and topic = ?",
                problem,
                Times.toColumn(now),
                backfill.pipeline().value(),
                topic);
    }

    /**
     * Returns what waits in pipelines that are to flow, the oldest first.
     *
     * @param triedBefore what could not begin is left out unless that was before
     */
    List<Backfill> due(Handle handle, Instant triedBefore) {
        Map<List<Object>, Backfill> byCall = new LinkedHashMap<>();
        handle.createQuery(
                        """
                        select b.*, p.source_id, p.tenant_id, p.service_id
                        from pipeline_backfill b join pipeline p on p.id = b.pipeline_id
                        where p.desired = :active and (b.tried_at is null or b.tried_at < :tried)
                        order by b.requested_at, b.pipeline_id, b.topic
                        """)
                .bind("active", new DesiredState.Active().label())
                .bind("tried", triedBefore)
                .map((row, context) -> new Backfill(
                        new PipelineId(row.getString("pipeline_id")),
                        new ConnectorId(Kind.SOURCE, row.getString("source_id")),
                        row.getString("tenant_id"),
                        row.getString("service_id"),
                        row.getString("requested_by"),
                        Times.fromColumn(row.getLong("requested_at")),
                        List.of(row.getString("topic"))))
                .forEach(one -> byCall.merge(
                        List.of(one.pipeline(), one.requestedAt()),
                        one,
                        (some, more) -> some.of(Stream.concat(some.topics().stream(), more.topics().stream())
                                .toList())));
        return List.copyOf(byCall.values());
    }

    /** Returns, for pipelines with such, why topics could not begin. */
    Map<PipelineId, Map<String, String>> problems(Handle handle, Collection<PipelineId> pipelines) {
        Map<PipelineId, Map<String, String>> problems = new HashMap<>();
        if (!pipelines.isEmpty()) {
            handle.createQuery("select pipeline_id, topic, problem from pipeline_backfill"
                            + " where problem is not null and pipeline_id in (<ids>)")
                    .bindList("ids", pipelines.stream().map(PipelineId::value).toList())
                    .map((row, context) ->
                            Map.entry(new PipelineId(row.getString(1)), Map.entry(row.getString(2), row.getString(3))))
                    .forEach(found -> problems.computeIfAbsent(found.getKey(), id -> new TreeMap<>())
                            .put(found.getValue().getKey(), found.getValue().getValue()));
        }
        return problems;
    }
}
