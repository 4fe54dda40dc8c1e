package io.millrace.system;

import io.millrace.http.Open;
import io.millrace.http.Routes;
import io.millrace.http.WhileStarting;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Health, figures and the description of the API. */
@Path("/")
@WhileStarting
public final class SystemResource {
    private final Health health;
    private final Metrics metrics;
    private final Collection<?> others;

    /**
     * A resource that describes itself and the others.
     *
     * @param others the other resources that are served
     */
    public SystemResource(Health health, Metrics metrics, Collection<?> others) {
        this.health = health;
        this.metrics = metrics;
        this.others = List.copyOf(others);
    }

    @GET
    @Path("health/live")
    @Open
    public HealthReport live() {
        return new HealthReport(HealthReport.Status.UP, List.of());
    }

    @GET
    @Path("health/ready")
    @Open
    public Response ready() {
        HealthReport report = health.report();
        return Response.status(report.status() == HealthReport.Status.UP ? 200 : 503)
                .entity(report)
                .build();
    }

    @GET
    @Path("metrics")
    @Open
    public Response metrics(@HeaderParam("Accept") @DefaultValue("") String accept) {
        Exposition format = Exposition.accepted(accept);
        return Response.ok(metrics.text(format), format.mediaType()).build();
    }

    @GET
    @Path("openapi.json")
    @Open
    public Response openApi() {
        List<Object> all = new ArrayList<>(others);
        all.add(this);
        return Response.ok(ServedContract.of(Routes.of(all))).build();
    }
}
