package io.millrace.pipeline;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.store.Store;
import java.util.List;
import java.util.Optional;

/** Tells what pipelines take where. */
public final class PipelineRoutes {
    private final Store store;
    private final PipelineRepository rows;

    PipelineRoutes(Store store, PipelineRepository rows) {
        this.store = store;
        this.rows = rows;
    }

    /** Returns a pipeline of the caller's; refuses an id that is malformed, unknown or somebody else's. */
    public PipelineRoute get(Caller caller, String id) {
        PipelineId known = PipelineId.parse(id);
        return store.<Optional<Pipeline>, RuntimeException>read(handle -> rows.find(handle, known))
                .filter(pipeline -> pipeline.tenantId().equals(caller.tenantId())
                        && pipeline.serviceId().equals(caller.serviceId()))
                .map(PipelineRoute::of)
                .orElseThrow(() -> new ApiProblem.NotFound("Pipeline not found: " + id));
    }

    /** Returns a pipeline, whoever has it, unless it was deleted. */
    public Optional<PipelineRoute> find(String id) {
        PipelineId known = PipelineId.parse(id);
        return store.<Optional<Pipeline>, RuntimeException>read(handle -> rows.find(handle, known))
                .map(PipelineRoute::of);
    }

    /** Returns the ids of the pipelines of the caller's, the oldest first. */
    public List<String> ids(Caller caller) {
        return store.read(handle -> handle.createQuery(
                        "select id from pipeline where tenant_id = :tenant and service_id = :service order by created_at, id")
                .bind("tenant", caller.tenantId())
                .bind("service", caller.serviceId())
                .mapTo(String.class)
                .list());
    }

    /** Returns all pipelines, whoever has them, as far as those need them who count. */
    public List<PipelineFlow> flows() {
        return store.read(rows::flows);
    }

    /** Returns the pipelines that flow and want to be compared again and again. */
    public List<PipelineRoute> audited() {
        return store.read(handle -> rows
                .find(
                        handle,
                        handle.createQuery("select id from pipeline where desired = 'Active' order by id")
                                .map((row, context) -> new PipelineId(row.getString(1)))
                                .list())
                .stream()
                .filter(pipeline -> pipeline.plan().audit().isPresent())
                .map(PipelineRoute::of)
                .toList());
    }
}
