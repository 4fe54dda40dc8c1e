package io.millrace.snapshot;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.FromQuery;
import io.millrace.http.Page;
import io.millrace.http.Permission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import java.util.Optional;
import org.glassfish.jersey.server.ChunkedOutput;
import org.jspecify.annotations.Nullable;

/** Runs of one source. */
@Path("/sources/{source_id}/snapshots")
public final class SnapshotRunResource {
    private final SnapshotQueries queries;
    private final SteerSnapshots steer;
    private final StopSnapshots stop;
    private final ContinueSnapshots goOn;
    private final SnapshotEvents events;

    public SnapshotRunResource(
            SnapshotQueries queries,
            SteerSnapshots steer,
            StopSnapshots stop,
            ContinueSnapshots goOn,
            SnapshotEvents events) {
        this.queries = queries;
        this.steer = steer;
        this.stop = stop;
        this.goOn = goOn;
        this.events = events;
    }

    @GET
    @Permission("read:sources")
    public Page<RunView> list(
            @Context Caller caller,
            @PathParam("source_id") String sourceId,
            @FromQuery SnapshotRequests.RunFilter filter) {
        return queries.page(caller, sourceId, filter);
    }

    @GET
    @Path("/{snapshot_id}")
    @Permission("read:sources")
    public RunView get(
            @Context Caller caller, @PathParam("source_id") String sourceId, @PathParam("snapshot_id") String runId) {
        return queries.view(queries.get(caller, sourceId, runId));
    }

    @POST
    @Path("/{snapshot_id}/pause")
    @Permission("write:sources")
    public RunView pause(
            @Context Caller caller,
            @PathParam("source_id") String sourceId,
            @PathParam("snapshot_id") String runId,
            @FromBody(required = false) SnapshotRequests.Narrowing narrowing) {
        return queries.view(steer.pause(caller, new SteerSnapshots.Aim(sourceId, runId, narrowing.topicNames())));
    }

    @POST
    @Path("/{snapshot_id}/resume")
    @Permission("write:sources")
    public RunView resume(
            @Context Caller caller,
            @PathParam("source_id") String sourceId,
            @PathParam("snapshot_id") String runId,
            @FromBody(required = false) SnapshotRequests.Narrowing narrowing) {
        return queries.view(steer.resume(caller, new SteerSnapshots.Aim(sourceId, runId, narrowing.topicNames())));
    }

    @POST
    @Path("/{snapshot_id}/stop")
    @Permission("write:sources")
    public RunView stop(
            @Context Caller caller,
            @PathParam("source_id") String sourceId,
            @PathParam("snapshot_id") String runId,
            @FromBody(required = false) SnapshotRequests.Narrowing narrowing) {
        return queries.view(stop.stop(caller, sourceId, runId, narrowing.topicNames()));
    }

    @POST
    @Path("/{snapshot_id}/continue")
    @Permission("write:sources")
    public RunView goOn(
            @Context Caller caller,
            @PathParam("source_id") String sourceId,
            @PathParam("snapshot_id") String runId,
            @FromBody(required = false) SnapshotRequests.Narrowing narrowing) {
        return queries.view(goOn.goOn(caller, sourceId, runId, narrowing.topicNames()));
    }

    @GET
    @Path("/{snapshot_id}/events")
    @Permission("read:sources")
    @Produces("text/event-stream")
    public ChunkedOutput<String> events(
            @Context Caller caller,
            @PathParam("source_id") String sourceId,
            @PathParam("snapshot_id") String runId,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
        return events.follow(queries.get(caller, sourceId, runId), Optional.ofNullable(lastEventId));
    }
}
