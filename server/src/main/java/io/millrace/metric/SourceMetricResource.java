package io.millrace.metric;

import io.millrace.http.Caller;
import io.millrace.http.FromBodyOrQuery;
import io.millrace.http.FromQuery;
import io.millrace.http.Permission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** Metrics of sources, over HTTP. */
@Path("/sources")
public final class SourceMetricResource {
    private final SourceFigures figures;
    private final TableService tables;

    SourceMetricResource(SourceFigures figures, TableService tables) {
        this.figures = figures;
        this.tables = tables;
    }

    @GET
    @Path("/metrics")
    @Permission("read:source_metrics")
    public TableMetrics list(@Context Caller caller, @FromBodyOrQuery MetricRequests.Many asked) {
        return tables.read(caller, asked);
    }

    @POST
    @Path("/metrics")
    @Permission("read:source_metrics")
    public TableMetrics search(@Context Caller caller, @FromBodyOrQuery MetricRequests.Many asked) {
        return tables.read(caller, asked);
    }

    @GET
    @Path("/{source_id}/metrics")
    @Permission("read:source_metrics")
    public Answer get(@Context Caller caller, @PathParam("source_id") String id, @FromQuery TimeQuery query) {
        return figures.of(caller, id, query);
    }
}
