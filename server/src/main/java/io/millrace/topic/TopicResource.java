package io.millrace.topic;

import io.millrace.http.Caller;
import io.millrace.http.FromBodyOrQuery;
import io.millrace.http.FromPath;
import io.millrace.http.FromQuery;
import io.millrace.http.Page;
import io.millrace.http.Permission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** Topics, over HTTP. */
@Path("/topics")
public final class TopicResource {
    private final TopicService topics;
    private final MessageService messages;

    public TopicResource(TopicService topics, MessageService messages) {
        this.topics = topics;
        this.messages = messages;
    }

    @GET
    @Path("/details")
    @Permission("read:topics")
    public Page<TopicViews.Item> list(@Context Caller caller, @FromBodyOrQuery TopicRequests.Filter filter) {
        return topics.list(caller, filter);
    }

    @POST
    @Path("/details")
    @Permission("read:topics")
    public Page<TopicViews.Item> search(@Context Caller caller, @FromBodyOrQuery TopicRequests.Filter filter) {
        return topics.list(caller, filter);
    }

    @GET
    @Path("/{topic_id}")
    @Permission("read:topics")
    public TopicViews.Detail get(
            @Context Caller caller, @FromPath TopicRequests.TopicPath path, @FromQuery TopicRequests.Detail detail) {
        return topics.get(caller, path.topicId(), detail.detailed());
    }

    @GET
    @Path("/{topic_id}/messages")
    @Permission("read:topic_messages")
    public MessageService.MessagePage messages(
            @Context Caller caller, @FromPath TopicRequests.TopicPath path, @FromQuery TopicRequests.Messages wanted) {
        return messages.read(caller, path.topicId(), wanted);
    }
}
