package io.millrace.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.CreatedFrom;
import io.millrace.connector.DesiredState;
import io.millrace.connector.Kind;
import io.millrace.http.Json;
import io.millrace.store.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Rows of pipelines. Every method works in the transaction of the handle it is given. */
final class PipelineRepository {
    void insert(Handle handle, Pipeline pipeline) {
        bind(
                        handle.createUpdate(
                                """
                        insert into pipeline (id, tenant_id, service_id, name, name_lower, source_id, destination_id, document,
                            desired, created_from, created_at)
                        values (:id, :tenant, :service, :name, :nameLower, :source, :destination, :document,
                            :desired, :createdFrom, :createdAt)
                        """),
                        pipeline)
                .execute();
        writeParts(handle, pipeline);
    }

    void update(Handle handle, Pipeline pipeline) {
        bind(
                        handle.createUpdate(
                                """
                        update pipeline set name = :name, name_lower = :nameLower, source_id = :source,
                            destination_id = :destination, document = :document, desired = :desired
                        where id = :id
                        """),
                        pipeline)
                .execute();
        handle.execute(
                "delete from pipeline_tag where pipeline_id = ?", pipeline.id().value());
        handle.execute(
                "delete from pipeline_topic where pipeline_id = ?",
                pipeline.id().value());
        writeParts(handle, pipeline);
    }

    /** Notes that the destination is to begin anew with the topics that nothing else brings it now. */
    void reset(Handle handle, Pipeline pipeline) {
        handle.createUpdate(
                        """
                        insert into pipeline_reset (destination_id, topic)
                        select distinct p.destination_id, t.topic
                        from pipeline p join pipeline_topic t on t.pipeline_id = p.id
                        where p.id = :id and not exists (
                            select 1 from pipeline o join pipeline_topic u on u.pipeline_id = o.id
                            where o.destination_id = p.destination_id and u.topic = t.topic and o.desired = :active)
                            and not exists (
                                select 1 from topic_binding b
                                where b.destination_id = p.destination_id and b.topic = t.topic)
                        on conflict (destination_id, topic) do nothing
                        """)
                .bind("id", pipeline.id().value())
                .bind("active", new DesiredState.Active().label())
                .execute();
    }

    void delete(Handle handle, PipelineId id) {
        handle.execute("delete from pipeline where id = ?", id.value());
    }

    Optional<Pipeline> find(Handle handle, PipelineId id) {
        return find(handle, List.of(id)).stream().findFirst();
    }

    /** Returns the pipelines of these ids in the order of the ids. */
    List<Pipeline> find(Handle handle, List<PipelineId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<String> values = ids.stream().map(PipelineId::value).toList();
        Map<String, List<String>> tags = new HashMap<>();
        handle.createQuery(
                        "select pipeline_id, tag_id from pipeline_tag where pipeline_id in (<ids>) order by position")
                .bindList("ids", values)
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(tag -> tags.computeIfAbsent(tag.getKey(), id -> new ArrayList<>())
                        .add(tag.getValue()));
        Map<PipelineId, Pipeline> found = new HashMap<>();
        handle.createQuery("select * from pipeline where id in (<ids>)")
                .bindList("ids", values)
                .map((row, context) -> pipeline(row))
                .forEach(pipeline -> found.put(
                        pipeline.id(),
                        pipeline.tagged(tags.getOrDefault(pipeline.id().value(), List.of()))));
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(found.get(id)).stream())
                .toList();
    }

    /** Returns all pipelines, without reading what clients sent. */
    List<PipelineFlow> flows(Handle handle) {
        Map<String, List<String>> topics = new HashMap<>();
        handle.createQuery("select pipeline_id, topic from pipeline_topic order by pipeline_id, position")
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(found -> topics.computeIfAbsent(found.getKey(), id -> new ArrayList<>())
                        .add(found.getValue()));
        return handle.createQuery(
                        "select id, tenant_id, service_id, name, source_id, destination_id, desired from pipeline")
                .map((row, context) -> new PipelineFlow(
                        row.getString("id"),
                        row.getString("tenant_id"),
                        row.getString("service_id"),
                        row.getString("name"),
                        new ConnectorId(Kind.SOURCE, row.getString("source_id")),
                        new ConnectorId(Kind.DESTINATION, row.getString("destination_id")),
                        DesiredState.of(row.getString("desired")),
                        topics.getOrDefault(row.getString("id"), List.of())))
                .list();
    }

    /** Returns the pipeline of a tenant's service that has the name. */
    Optional<PipelineId> findByName(Handle handle, String tenantId, String serviceId, String name) {
        return handle.createQuery(
                        "select id from pipeline where tenant_id = :tenant and service_id = :service and name = :name")
                .bind("tenant", tenantId)
                .bind("service", serviceId)
                .bind("name", name)
                .map((row, context) -> new PipelineId(row.getString("id")))
                .findOne();
    }

    /** Returns how many pipelines have a tag. */
    long tagged(Handle handle, String tag) {
        return handle.createQuery("select count(distinct pipeline_id) from pipeline_tag where tag_id = :tag")
                .bind("tag", tag)
                .mapTo(Long.class)
                .one();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Pipeline pipeline) {
        return statement
                .bind("id", pipeline.id().value())
                .bind("tenant", pipeline.tenantId())
                .bind("service", pipeline.serviceId())
                .bind("name", pipeline.name())
                .bind("nameLower", pipeline.name().toLowerCase(Locale.ROOT))
                .bind("source", pipeline.source().value())
                .bind("destination", pipeline.destination().value())
                .bind("document", write(pipeline.plan()))
                .bind("desired", pipeline.desired().label())
                .bind("createdFrom", pipeline.createdFrom().name())
                .bind("createdAt", pipeline.createdAt());
    }

    private static void writeParts(Handle handle, Pipeline pipeline) {
        int position = 0;
        for (String tag : pipeline.tags()) {
            handle.execute(
                    "insert into pipeline_tag (pipeline_id, position, tag_id) values (?, ?, ?)",
                    pipeline.id().value(),
                    position++,
                    tag);
        }
        position = 0;
        for (String topic : pipeline.topicIds()) {
            handle.execute(
                    "insert into pipeline_topic (pipeline_id, position, topic) values (?, ?, ?)",
                    pipeline.id().value(),
                    position++,
                    topic);
        }
    }

    private static Pipeline pipeline(ResultSet row) throws SQLException {
        return new Pipeline(
                new PipelineId(row.getString("id")),
                row.getString("tenant_id"),
                row.getString("service_id"),
                row.getString("name"),
                new ConnectorId(Kind.SOURCE, row.getString("source_id")),
                new ConnectorId(Kind.DESTINATION, row.getString("destination_id")),
                read(row.getString("document")),
                DesiredState.of(row.getString("desired")),
                List.of(),
                CreatedFrom.valueOf(row.getString("created_from")),
                Times.fromColumn(row.getLong("created_at")));
    }

    private static String write(Pipeline.Plan plan) {
        try {
            return Json.mapper().writeValueAsString(plan);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan is always JSON", e);
        }
    }

    private static Pipeline.Plan read(String document) {
        try {
            return Json.mapper().readValue(document, Pipeline.Plan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds a pipeline that is no JSON", e);
        }
    }
}
