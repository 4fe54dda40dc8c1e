package io.millrace.topic;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.FromPath;
import io.millrace.http.FromQuery;
import io.millrace.http.Permission;
import io.millrace.metric.Answer;
import io.millrace.metric.TimeQuery;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.Map;

/** Figures of topics, over HTTP. */
@Path("/topics")
public final class TopicMetricsResource {
    private final TopicFigures figures;

    TopicMetricsResource(TopicFigures figures) {
        this.figures = figures;
    }

    @POST
    @Path("/table_metrics")
    @Permission("read:topics")
    public Map<String, Map<String, TopicViews.Metrics>> table(
            @Context Caller caller, @FromBody TopicRequests.TableMetrics wanted) {
        return figures.table(caller, wanted);
    }

    @GET
    @Path("/{topic_id}/metrics")
    @Permission("read:topics")
    public Answer of(@Context Caller caller, @FromPath TopicRequests.TopicPath path, @FromQuery TimeQuery query) {
        return figures.of(caller, path.topicId(), query);
    }

    @GET
    @Path("/overview")
    @Permission("read:topics")
    public TopicViews.Overview overview(@Context Caller caller, @FromQuery TimeQuery.Range range) {
        return figures.overview(caller, range);
    }
}
