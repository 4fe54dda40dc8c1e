package io.millrace.destination;

import io.millrace.connector.BulkOutcome;
import io.millrace.connector.BulkRequests;
import io.millrace.connector.ConnectorBulk;
import io.millrace.connector.ConnectorRequests;
import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.Permission;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** Many destinations at a time, over HTTP. */
@Path("/destinations")
public final class DestinationBulkResource {
    private final ConnectorBulk bulk;

    public DestinationBulkResource(ConnectorBulk bulk) {
        this.bulk = bulk;
    }

    @DELETE
    @Path("/bulk/delete")
    @Permission("write:destinations")
    public BulkOutcome delete(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.delete(caller, selection);
    }

    @POST
    @Path("/bulk/clone")
    @Permission("write:destinations")
    public BulkOutcome copy(@Context Caller caller, @FromBody BulkRequests.Clone request) {
        return bulk.copy(caller, request);
    }

    @POST
    @Path("/bulk/deploy")
    @Permission("write:destinations")
    public BulkOutcome deploy(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.deploy(caller, selection);
    }

    @POST
    @Path("/bulk/pause")
    @Permission("write:destinations")
    public BulkOutcome pause(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, ConnectorRequests.Action.PAUSE);
    }

    @POST
    @Path("/bulk/stop")
    @Permission("write:destinations")
    public BulkOutcome stop(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, ConnectorRequests.Action.STOP);
    }

    @POST
    @Path("/bulk/resume")
    @Permission("write:destinations")
    public BulkOutcome resume(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, ConnectorRequests.Action.RESUME);
    }

    @POST
    @Path("/bulk/restart")
    @Permission("write:destinations")
    public BulkOutcome restart(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, ConnectorRequests.Action.RESTART);
    }

    @POST
    @Path("/bulk/reset")
    @Permission("write:destinations")
    public BulkOutcome reset(@Context Caller caller, @FromBody BulkRequests.Selection selection) {
        return bulk.act(caller, selection, ConnectorRequests.Action.RESET);
    }
}
