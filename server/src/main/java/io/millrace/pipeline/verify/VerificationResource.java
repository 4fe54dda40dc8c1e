package io.millrace.pipeline.verify;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.FromQuery;
import io.millrace.http.Permission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** Verifications of pipelines and repairs of what they find, over HTTP. */
@Path("/pipelines/{pipeline_id}/verify")
public final class VerificationResource {
    private final VerificationService verifications;
    private final Repairs repairs;

    VerificationResource(VerificationService verifications, Repairs repairs) {
        this.verifications = verifications;
        this.repairs = repairs;
    }

    @GET
    @Permission("read:pipelines")
    public VerifyReport get(
            @Context Caller caller, @PathParam("pipeline_id") String id, @FromQuery VerifyRequests.Which which) {
        return verifications.get(caller, id, which.verificationId());
    }

    @POST
    @Permission("write:pipelines")
    public VerifyReport verify(
            @Context Caller caller,
            @PathParam("pipeline_id") String id,
            @FromQuery VerifyRequests.Waiting waiting,
            @FromBody(required = false) VerifyRequests.Body request) {
        return verifications.verify(caller, id, request, waiting.settled());
    }

    @POST
    @Path("repair")
    @Permission("write:pipelines")
    public RepairReport repair(
            @Context Caller caller,
            @PathParam("pipeline_id") String id,
            @FromQuery VerifyRequests.Waiting waiting,
            @FromBody(required = false) VerifyRequests.Repair request) {
        return repairs.repair(caller, id, request, waiting.settled());
    }
}
