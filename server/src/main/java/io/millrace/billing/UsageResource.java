package io.millrace.billing;

import io.millrace.http.Caller;
import io.millrace.http.FromBodyOrQuery;
import io.millrace.http.FromQuery;
import io.millrace.http.Page;
import io.millrace.http.Permission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Usage, over HTTP. */
@Path("/billing/usage")
public final class UsageResource {
    private final UsageService usage;

    public UsageResource(UsageService usage) {
        this.usage = usage;
    }

    @GET
    @Path("/metrics")
    @Permission("read:billing")
    public Page<UsageViews.Row> list(@Context Caller caller, @FromBodyOrQuery UsageRequests.Monthly asked) {
        return usage.monthly(caller, asked);
    }

    @POST
    @Path("/metrics")
    @Permission("read:billing")
    public Page<UsageViews.Row> search(@Context Caller caller, @FromBodyOrQuery UsageRequests.Monthly asked) {
        return usage.monthly(caller, asked);
    }

    @GET
    @Path("/summary")
    @Permission("read:billing")
    public UsageViews.Summary summary(@Context Caller caller, @FromQuery UsageRequests.Summary asked) {
        return usage.summary(caller, asked);
    }

    @GET
    @Path("/export")
    @Permission("read:billing")
    public Response export(@Context Caller caller, @FromQuery UsageRequests.Export asked) {
        StringBuilder text = new StringBuilder();
        usage.export(caller, asked, line -> text.append(line).append("\r\n"));
        return Response.ok(text.toString(), "text/csv; charset=utf-8").build();
    }
}
