package io.millrace.topic;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.FromBodyOrQuery;
import io.millrace.http.FromPath;
import io.millrace.http.FromQuery;
import io.millrace.http.Page;
import io.millrace.http.Permission;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** Topics, over HTTP. */
@Path("/topics")
public final class TopicResource {
    private final TopicListing listing;
    private final TopicService topics;
    private final TopicCreation creation;
    private final TopicChanges changes;

    TopicResource(TopicListing listing, TopicService topics, TopicCreation creation, TopicChanges changes) {
        this.listing = listing;
        this.topics = topics;
        this.creation = creation;
        this.changes = changes;
    }

    @GET
    @Path("/details")
    @Permission("read:topics")
    public Page<TopicViews.Item> list(@Context Caller caller, @FromBodyOrQuery TopicRequests.Filter filter) {
        return listing.list(caller, filter);
    }

    @POST
    @Path("/details")
    @Permission("read:topics")
    public Page<TopicViews.Item> search(@Context Caller caller, @FromBodyOrQuery TopicRequests.Filter filter) {
        return listing.list(caller, filter);
    }

    @POST
    @Permission("write:topics")
    public TopicViews.Created create(@Context Caller caller, @FromBody TopicRequests.Create request) {
        return creation.create(caller, request);
    }

    @GET
    @Path("/{topic_id}")
    @Permission("read:topics")
    public TopicViews.Detail get(
            @Context Caller caller, @FromPath TopicRequests.TopicPath path, @FromQuery TopicRequests.Detail detail) {
        return topics.get(caller, path.topicId(), detail.detailed());
    }

    @PUT
    @Path("/{topic_id}")
    @Permission("write:topics")
    public TopicViews.Detail update(
            @Context Caller caller, @FromPath TopicRequests.TopicPath path, @FromBody TopicRequests.Update request) {
        return changes.update(caller, path.topicId(), request.payload());
    }

    @DELETE
    @Path("/{topic_id}")
    @Permission("write:topics")
    public TopicViews.Detail delete(@Context Caller caller, @FromPath TopicRequests.TopicPath path) {
        return changes.delete(caller, path.topicId());
    }
}
