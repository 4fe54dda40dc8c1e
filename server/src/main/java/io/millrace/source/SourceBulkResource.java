package io.millrace.source;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.Permission;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** Many sources at a time, over HTTP. */
@Path("/sources")
public final class SourceBulkResource {
    private final SourceBulk bulk;

    public SourceBulkResource(SourceBulk bulk) {
        this.bulk = bulk;
    }

    @DELETE
    @Path("/bulk/delete")
    @Permission("write:sources")
    public SourceBulk.Outcome delete(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.delete(caller, selection);
    }

    @POST
    @Path("/bulk/clone")
    @Permission("write:sources")
    public SourceBulk.Outcome copy(@Context Caller caller, @FromBody BulkRequests.Clone request) {
        return bulk.copy(caller, request);
    }

    @POST
    @Path("/bulk/deploy")
    @Permission("write:sources")
    public SourceBulk.Outcome deploy(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.deploy(caller, selection);
    }

    @POST
    @Path("/bulk/pause")
    @Permission("write:sources")
    public SourceBulk.Outcome pause(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, SourceRequests.Action.PAUSE);
    }

    @POST
    @Path("/bulk/stop")
    @Permission("write:sources")
    public SourceBulk.Outcome stop(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, SourceRequests.Action.STOP);
    }

    @POST
    @Path("/bulk/resume")
    @Permission("write:sources")
    public SourceBulk.Outcome resume(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, SourceRequests.Action.RESUME);
    }

    @POST
    @Path("/bulk/restart")
    @Permission("write:sources")
    public SourceBulk.Outcome restart(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, SourceRequests.Action.RESTART);
    }

    @POST
    @Path("/bulk/reset")
    @Permission("write:sources")
    public SourceBulk.Outcome reset(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, SourceRequests.Action.RESET);
    }
}
