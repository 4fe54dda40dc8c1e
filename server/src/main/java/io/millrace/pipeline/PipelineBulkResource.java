package io.millrace.pipeline;

import io.millrace.connector.BulkOutcome;
import io.millrace.connector.BulkRequests;
import io.millrace.connector.ConnectorRequests.Action;
import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.Permission;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** Many pipelines at a time, over HTTP. */
@Path("/pipelines")
public final class PipelineBulkResource {
    private final PipelineBulk bulk;

    PipelineBulkResource(PipelineBulk bulk) {
        this.bulk = bulk;
    }

    @DELETE
    @Path("/bulk/delete")
    @Permission("write:pipelines")
    public BulkOutcome delete(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.delete(caller, selection);
    }

    @POST
    @Path("/bulk/clone")
    @Permission("write:pipelines")
    public BulkOutcome copy(@Context Caller caller, @FromBody BulkRequests.Clone request) {
        return bulk.copy(caller, request);
    }

    @POST
    @Path("/bulk/pause")
    @Permission("write:pipelines")
    public BulkOutcome pause(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, Action.PAUSE);
    }

    @POST
    @Path("/bulk/stop")
    @Permission("write:pipelines")
    public BulkOutcome stop(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, Action.STOP);
    }

    @POST
    @Path("/bulk/resume")
    @Permission("write:pipelines")
    public BulkOutcome resume(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, Action.RESUME);
    }

    @POST
    @Path("/bulk/restart")
    @Permission("write:pipelines")
    public BulkOutcome restart(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, Action.RESTART);
    }

    @POST
    @Path("/bulk/reset")
    @Permission("write:pipelines")
    public BulkOutcome reset(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, Action.RESET);
    }
}
