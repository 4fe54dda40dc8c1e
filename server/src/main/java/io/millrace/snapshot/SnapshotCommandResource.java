package io.millrace.snapshot;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.Permission;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** The calls that take a source in their body. */
@Path("/sources")
public final class SnapshotCommandResource {
    private final ExecuteSnapshots execute;
    private final StopSnapshots stop;
    private final ValidateSnapshots validate;

    public SnapshotCommandResource(ExecuteSnapshots execute, StopSnapshots stop, ValidateSnapshots validate) {
        this.execute = execute;
        this.stop = stop;
        this.validate = validate;
    }

    @POST
    @Path("/snapshot")
    @Permission("write:sources")
    public SnapshotAnswers.Command execute(@Context Caller caller, @FromBody SnapshotRequests.Execute request) {
        return execute.execute(caller, request);
    }

    @POST
    @Path("/execute_incremental_snapshot")
    @Permission("write:sources")
    public SnapshotAnswers.Command executeIncremental(
            @Context Caller caller, @FromBody SnapshotRequests.ExecuteIncremental request) {
        return execute.execute(caller, request.unified());
    }

    @POST
    @Path("/execute_blocking_snapshot")
    @Permission("write:sources")
    public SnapshotAnswers.Command executeBlocking(
            @Context Caller caller, @FromBody SnapshotRequests.ExecuteBlocking request) {
        return execute.execute(caller, request.unified());
    }

    @POST
    @Path("/stop_incremental_snapshot")
    @Permission("write:sources")
    public SnapshotAnswers.Command stopIncremental(
            @Context Caller caller, @FromBody SnapshotRequests.Selection selection) {
        return stop.stop(caller, selection);
    }

    @POST
    @Path("/cancel_snapshot")
    @Permission("write:sources")
    public SnapshotAnswers.Command cancel(@Context Caller caller, @FromBody SnapshotRequests.Selection selection) {
        return stop.cancel(caller, selection);
    }

    @POST
    @Path("/stop_blocking_snapshot")
    @Permission("write:sources")
    public SnapshotAnswers.Command stopBlocking(
            @Context Caller caller, @FromBody SnapshotRequests.StopBlocking request) {
        return stop.stopBlocking(caller, request.selection());
    }

    @POST
    @Path("/snapshot/validate")
    @Permission("read:sources")
    public SnapshotAnswers.Validation validate(@Context Caller caller, @FromBody SnapshotRequests.Execute request) {
        return validate.validate(caller, request);
    }
}
