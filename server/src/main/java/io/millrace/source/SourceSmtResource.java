package io.millrace.source;

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

/** Transformations that clients append to those of a source, over HTTP. */
@Path("/sources/{source_id}/smt-chain")
public final class SourceSmtResource {
    private final SmtService chains;

    SourceSmtResource(SmtService chains) {
        this.chains = chains;
    }

    @GET
    @Permission("read:sources")
    public SmtView get(@Context Caller caller, @PathParam("source_id") String id) {
        return chains.get(caller, id);
    }

    @PUT
    @Permission("write:sources")
    public SmtView put(@Context Caller caller, @PathParam("source_id") String id, @FromBody SmtRequests.Write request) {
        return chains.put(caller, id, request);
    }
}
