package io.millrace.dashboard;

import io.millrace.http.Caller;
import io.millrace.http.FromQuery;
import io.millrace.http.Permission;
import io.millrace.metric.TimeQuery;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** The dashboard, over HTTP. */
@Path("/dashboard")
public final class DashboardResource {
    private final DashboardService dashboard;

    public DashboardResource(DashboardService dashboard) {
        this.dashboard = dashboard;
    }

    @GET
    @Path("/stats")
    @Permission("read:dashboard")
    public DashboardViews.Stats stats(@Context Caller caller) {
        return dashboard.stats(caller);
    }

    @GET
    @Path("/overview")
    @Permission("read:dashboard")
    public DashboardViews.Overview overview(@Context Caller caller, @FromQuery TimeQuery.Range range) {
        return dashboard.overview(caller, range);
    }
}
