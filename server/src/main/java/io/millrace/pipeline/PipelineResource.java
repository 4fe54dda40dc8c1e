package io.millrace.pipeline;

import io.millrace.connector.ConnectorRequests;
import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.FromBodyOrQuery;
import io.millrace.http.FromPath;
import io.millrace.http.FromQuery;
import io.millrace.http.Page;
import io.millrace.http.Permission;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** Pipelines, over HTTP. */
@Path("/pipelines")
public final class PipelineResource {
    private final PipelineService pipelines;
    private final PipelineListing listing;

    PipelineResource(PipelineService pipelines, PipelineListing listing) {
        this.pipelines = pipelines;
        this.listing = listing;
    }

    @GET
    @Permission("read:pipelines")
    public Page<PipelineView> list(@Context Caller caller, @FromBodyOrQuery PipelineRequests.Filter filter) {
        return listing.list(caller, filter);
    }

    @POST
    @Path("/search")
    @Permission("read:pipelines")
    public Page<PipelineView> search(@Context Caller caller, @FromBodyOrQuery PipelineRequests.Filter filter) {
        return listing.list(caller, filter);
    }

    @POST
    @Permission("write:pipelines")
    public PipelineView create(
            @Context Caller caller,
            @FromQuery ConnectorRequests.Options options,
            @FromBody PipelineRequests.Write request) {
        return listing.show(pipelines.create(caller, request, options.settle()), options.secretReturned());
    }

    @GET
    @Path("/{pipeline_id}")
    @Permission("read:pipelines")
    public Page<PipelineView> get(
            @Context Caller caller, @PathParam("pipeline_id") String id, @FromQuery ConnectorRequests.Secrets secrets) {
        return listing.lookUp(caller, id, secrets.secretReturned());
    }

    @PUT
    @Path("/{pipeline_id}")
    @Permission("write:pipelines")
    public PipelineView update(
            @Context Caller caller,
            @PathParam("pipeline_id") String id,
            @FromQuery ConnectorRequests.Options options,
            @FromBody PipelineRequests.Write request) {
        return listing.show(pipelines.update(caller, id, request, options.settle()), options.secretReturned());
    }

    @DELETE
    @Path("/{pipeline_id}")
    @Permission("write:pipelines")
    public PipelineView delete(
            @Context Caller caller, @PathParam("pipeline_id") String id, @FromQuery ConnectorRequests.Options options) {
        return pipelines.delete(
                caller,
                id,
                options.settle(),
                (handle, pipeline) -> listing.show(handle, pipeline, options.secretReturned()));
    }

    @POST
    @Path("/{pipeline_id}/actions/{action}")
    @Permission("write:pipelines")
    public PipelineView act(@Context Caller caller, @FromPath PipelineRequests.ActionPath path) {
        return listing.show(pipelines.act(caller, path.pipelineId(), path.action(), true), false);
    }
}
