package io.millrace.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connector.ConnectorFilter.TagOperation;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.ConnectorListing;
import io.millrace.connector.ConnectorView;
import io.millrace.connector.Health;
import io.millrace.http.Caller;
import io.millrace.http.Page;
import io.millrace.http.SortDirection;
import io.millrace.http.shape.CsvOrList;
import io.millrace.store.Criteria;
import io.millrace.store.Store;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Shows pipelines, with their two ends, to clients. */
final class PipelineListing {
    private final Store store;
    private final PipelineRepository rows;
    private final BackfillRepository backfills = new BackfillRepository();
    private final ConnectorListing sources;
    private final ConnectorListing destinations;

    PipelineListing(Store store, PipelineRepository rows, ConnectorListing sources, ConnectorListing destinations) {
        this.store = store;
        this.rows = rows;
        this.sources = sources;
        this.destinations = destinations;
    }

    /** Returns the page that was asked for. */
    Page<PipelineView> list(Caller caller, PipelineRequests.Filter filter) {
        Criteria criteria = criteria(caller, filter);
        if (!values(filter.status()).isEmpty()) {
            return Page.cut(filter.page(), matching(caller, filter));
        }
        return store.read(handle -> {
            List<PipelineId> ids = criteria.bind(
                            handle.createQuery(select(criteria, filter) + " limit :limit offset :offset"))
                    .bind("limit", filter.page().pageSize())
                    .bind("offset", filter.page().offset())
                    .map((row, context) -> new PipelineId(row.getString("id")))
                    .list();
            long total = criteria.bind(handle.createQuery("select count(*) " + criteria))
                    .mapTo(Long.class)
                    .one();
            return Page.of(filter.page(), show(handle, rows.find(handle, ids), filter), total);
        });
    }

    /** Returns one pipeline, or none when the caller has no such. */
    Page<PipelineView> lookUp(Caller caller, String id, boolean secrets) {
        return store.read(handle -> Page.single(PipelineId.find(id).stream()
                .flatMap(known -> rows.find(handle, known).stream())
                .filter(pipeline -> pipeline.tenantId().equals(caller.tenantId())
                        && pipeline.serviceId().equals(caller.serviceId()))
                .map(pipeline -> show(handle, pipeline, secrets))
                .toList()));
    }

    /** Returns all pipelines that match, whatever the page. */
    List<PipelineView> matching(Caller caller, PipelineRequests.Filter filter) {
        Criteria criteria = criteria(caller, filter);
        return store
                .<List<PipelineView>, RuntimeException>read(
                        handle -> show(handle, all(handle, criteria, filter), filter))
                .stream()
                .filter(pipeline -> values(filter.status()).isEmpty()
                        || values(filter.status()).stream()
                                .anyMatch(pipeline.status().label()::equalsIgnoreCase))
                .toList();
    }

    /** Returns a pipeline as clients read it. */
    PipelineView show(Pipeline pipeline, boolean secrets) {
        return store.read(handle -> show(handle, pipeline, secrets));
    }

    /** As {@link #show(Pipeline, boolean)}, in a transaction of the caller's. */
    PipelineView show(Handle handle, Pipeline pipeline, boolean secrets) {
        return show(handle, List.of(pipeline), secrets).get(0);
    }

    private List<PipelineView> show(Handle handle, List<Pipeline> pipelines, PipelineRequests.Filter filter) {
        return show(handle, pipelines, filter.secretReturned());
    }

    private List<PipelineView> show(Handle handle, List<Pipeline> pipelines, boolean secrets) {
        Map<ConnectorId, ConnectorView> from =
                sources.show(handle, pipelines.stream().map(Pipeline::source).collect(Collectors.toSet()), secrets);
        Map<ConnectorId, ConnectorView> to = destinations.show(
                handle, pipelines.stream().map(Pipeline::destination).collect(Collectors.toSet()), secrets);
        Map<PipelineId, Map<String, String>> unread =
                backfills.problems(handle, pipelines.stream().map(Pipeline::id).toList());
        return pipelines.stream()
                .map(pipeline -> view(
                        pipeline,
                        from.get(pipeline.source()),
                        to.get(pipeline.destination()),
                        unread.getOrDefault(pipeline.id(), Map.of())))
                .toList();
    }

    private List<Pipeline> all(Handle handle, Criteria criteria, PipelineRequests.Filter filter) {
        return rows.find(
                handle,
                criteria.bind(handle.createQuery(select(criteria, filter)))
                        .map((row, context) -> new PipelineId(row.getString("id")))
                        .list());
    }

    private static Criteria criteria(Caller caller, PipelineRequests.Filter filter) {
        return new Criteria("from pipeline where 1 = 1")
                .equal("tenant_id", caller.tenantId())
                .equal("service_id", caller.serviceId())
                .equal("id", filter.id())
                .part("name_lower", filter.partialName())
                .in("source_id", values(filter.sourceId()))
                .in("destination_id", values(filter.destinationId()))
                .tags(
                        "pipeline_tag",
                        "pipeline_id",
                        "pipeline.id",
                        values(filter.tagIds()),
                        filter.tagFilterOperation() == TagOperation.AND);
    }

    private static String select(Criteria criteria, PipelineRequests.Filter filter) {
        String direction = filter.page().sortDir() == SortDirection.DESC ? " desc, " : " asc, ";
        String first =
                switch (filter.page().sort().orElse("")) {
                    case "name" -> "name_lower" + direction;
                    case "created_at", "created_timestamp" -> "created_at" + direction;
                    case "id" -> "id" + direction;
                    default -> "";
                };
        return "select id " + criteria + " order by " + first + "created_at, id";
    }

    private static PipelineView view(
            Pipeline pipeline, ConnectorView source, ConnectorView destination, Map<String, String> unread) {
        Pipeline.Plan plan = pipeline.plan();
        PipelineStatus status =
                PipelineStatus.of(pipeline.desired(), source.connectorStatus(), destination.connectorStatus());
        return new PipelineView(
                pipeline.id().value(),
                pipeline.name(),
                Optional.empty(),
                pipeline.tenantId(),
                pipeline.createdAt().truncatedTo(ChronoUnit.SECONDS),
                pipeline.createdFrom(),
                plan.snapshotNewTables(),
                List.copyOf(pipeline.topicIds()),
                Stream.concat(plan.topics().stream(), plan.transforms().stream().map(PipelineListing::topicName))
                        .toList(),
                source.called(plan.sourceName()).taking(plan.topics(), pipeline.sourceTopicIds()),
                destination.called(plan.destinationName()),
                plan.transforms(),
                pipeline.tags(),
                plan.audit(),
                plan.discovery(),
                status,
                status == PipelineStatus.BROKEN ? reason(source, destination) : reason(unread));
    }

    private static Optional<String> reason(ConnectorView... ends) {
        return Stream.of(ends)
                .filter(end -> end.connectorStatus() == Health.State.BROKEN)
                .flatMap(end -> end.connectorStatusReason().stream())
                .distinct()
                .reduce((one, other) -> one + "; " + other);
    }

    private static Optional<String> reason(Map<String, String> unread) {
        return unread.entrySet().stream()
                .map(topic ->
                        "Topic '" + topicName(topic.getKey()) + "' cannot be snapshotted yet: " + topic.getValue())
                .reduce((one, other) -> one + "; " + other);
    }

    private static String topicName(JsonNode transform) {
        return topicName(transform.path("topic_id").asText());
    }

    private static String topicName(String id) {
        return id.substring(id.indexOf('.') + 1);
    }

    private static List<String> values(Optional<CsvOrList> list) {
        return list.map(CsvOrList::values).orElse(List.of());
    }
}
