package io.millrace.topic;

import io.millrace.http.Caller;
import io.millrace.http.FromPath;
import io.millrace.http.Permission;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** Topics that are written to destinations without a pipeline, over HTTP. */
@Path("/topics")
public final class TopicBindingResource {
    private static final String BINDING = "/{topic_id}/destinations/{destination_id}";

    private final TopicBindings bindings;

    TopicBindingResource(TopicBindings bindings) {
        this.bindings = bindings;
    }

    @GET
    @Path(BINDING)
    @Permission("read:topics")
    public TopicViews.Binding get(@Context Caller caller, @FromPath TopicRequests.BindingPath path) {
        return bindings.get(caller, path);
    }

    @PUT
    @Path(BINDING)
    @Permission("write:topics")
    public TopicViews.Binding attach(@Context Caller caller, @FromPath TopicRequests.BindingPath path) {
        return bindings.attach(caller, path);
    }

    @DELETE
    @Path(BINDING)
    @Permission("write:topics")
    public TopicViews.Binding detach(@Context Caller caller, @FromPath TopicRequests.BindingPath path) {
        return bindings.detach(caller, path);
    }
}
