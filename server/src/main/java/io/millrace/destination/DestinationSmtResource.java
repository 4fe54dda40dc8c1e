package io.millrace.destination;

import io.millrace.connector.smt.SmtRequests;
import io.millrace.connector.smt.SmtService;
import io.millrace.connector.smt.SmtView;
import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.Permission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** Transformations that clients append to those of a destination, over HTTP. */
@Path("/destinations/{destination_id}/smt-chain")
public final class DestinationSmtResource {
    private final SmtService chains;

    DestinationSmtResource(SmtService chains) {
        this.chains = chains;
    }

    @GET
    @Permission("read:destinations")
    public SmtView get(@Context Caller caller, @PathParam("destination_id") String id) {
        return chains.get(caller, id);
    }

    @PUT
    @Permission("write:destinations")
    public SmtView put(
            @Context Caller caller, @PathParam("destination_id") String id, @FromBody SmtRequests.Write request) {
        return chains.put(caller, id, request);
    }
}
