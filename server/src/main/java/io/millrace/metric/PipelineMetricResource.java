package io.millrace.metric;

import io.millrace.http.Caller;
import io.millrace.http.FromBodyOrQuery;
import io.millrace.http.FromQuery;
import io.millrace.http.Permission;
import io.millrace.pipeline.PipelineRoutes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** Metrics of pipelines, over HTTP. */
@Path("/pipelines")
public final class PipelineMetricResource {
    private final Figures figures;
    private final PipelineRoutes pipelines;
    private final TableService tables;

    PipelineMetricResource(Figures figures, PipelineRoutes pipelines, TableService tables) {
        this.figures = figures;
        this.pipelines = pipelines;
        this.tables = tables;
    }

    @GET
    @Path("/metrics")
    @Permission("read:pipeline_metrics")
    public TableMetrics list(@Context Caller caller, @FromBodyOrQuery MetricRequests.Many asked) {
        return tables.read(caller, asked);
    }

    @POST
    @Path("/metrics")
    @Permission("read:pipeline_metrics")
    public TableMetrics search(@Context Caller caller, @FromBodyOrQuery MetricRequests.Many asked) {
        return tables.read(caller, asked);
    }

    @GET
    @Path("/{pipeline_id}/metrics")
    @Permission("read:pipeline_metrics")
    public Answer get(@Context Caller caller, @PathParam("pipeline_id") String id, @FromQuery TimeQuery.Range range) {
        return figures.of(Entity.pipeline(pipelines.get(caller, id).id()), Reported.OF_PIPELINES, TimeQuery.LATEST);
    }
}
