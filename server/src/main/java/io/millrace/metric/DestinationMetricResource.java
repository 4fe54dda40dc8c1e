package io.millrace.metric;

import io.millrace.connector.ConnectorService;
import io.millrace.http.Caller;
import io.millrace.http.FromBodyOrQuery;
import io.millrace.http.FromQuery;
import io.millrace.http.Permission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** Metrics of destinations, over HTTP. */
@Path("/destinations")
public final class DestinationMetricResource {
    private final Figures figures;
    private final ConnectorService destinations;
    private final TableService tables;

    DestinationMetricResource(Figures figures, ConnectorService destinations, TableService tables) {
        this.figures = figures;
        this.destinations = destinations;
        this.tables = tables;
    }

    @GET
    @Path("/metrics")
    @Permission("read:destination_metrics")
    public TableMetrics list(@Context Caller caller, @FromBodyOrQuery MetricRequests.Many asked) {
        return tables.read(caller, asked);
    }

    @POST
    @Path("/metrics")
    @Permission("read:destination_metrics")
    public TableMetrics search(@Context Caller caller, @FromBodyOrQuery MetricRequests.Many asked) {
        return tables.read(caller, asked);
    }

    @GET
    @Path("/{destination_id}/metrics")
    @Permission("read:destination_metrics")
    public Answer get(@Context Caller caller, @PathParam("destination_id") String id, @FromQuery TimeQuery query) {
        return figures.of(Entity.of(destinations.get(caller, id).id()), Reported.OF_DESTINATIONS, query);
    }
}
