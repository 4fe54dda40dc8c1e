package io.millrace.destination.deadletter;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.Permission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** Dead letters of destinations, over HTTP. */
@Path("/destinations/{destination_id}/dead_letters")
public final class DeadLetterResource {
    private final Replays replays;

    DeadLetterResource(Replays replays) {
        this.replays = replays;
    }

    @GET
    @Permission("read:destinations")
    public DeadLetterView show(@Context Caller caller, @PathParam("destination_id") String id) {
        return replays.show(caller, id);
    }

    @POST
    @Path("/replay")
    @Permission("write:destinations")
    public DeadLetterView replay(
            @Context Caller caller,
            @PathParam("destination_id") String id,
            @FromBody(required = false) DeadLetterRequests.Replay request) {
        return replays.replay(caller, id, request);
    }
}
