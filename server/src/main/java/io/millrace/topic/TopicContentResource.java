package io.millrace.topic;

import io.millrace.http.Caller;
import io.millrace.http.FromBody;
import io.millrace.http.FromPath;
import io.millrace.http.FromQuery;
import io.millrace.http.Permission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;

/** What is in a topic, and what Kafka is told of it, over HTTP. */
@Path("/topics")
public final class TopicContentResource {
    private final TopicStatistics statistics;
    private final TopicSettings settings;
    private final MessageService messages;
    private final MessageWriter writer;

    TopicContentResource(
            TopicStatistics statistics, TopicSettings settings, MessageService messages, MessageWriter writer) {
        this.statistics = statistics;
        this.settings = settings;
        this.messages = messages;
        this.writer = writer;
    }

    @GET
    @Path("/{topic_id}/stats")
    @Permission("read:topics")
    public TopicViews.Stats stats(@Context Caller caller, @FromPath TopicRequests.TopicPath path) {
        return statistics.of(caller, path.topicId());
    }

    @GET
    @Path("/{topic_id}/configs")
    @Permission("read:topics")
    public List<TopicViews.Setting> configs(@Context Caller caller, @FromPath TopicRequests.TopicPath path) {
        return settings.read(caller, path.topicId());
    }

    @PUT
    @Path("/{topic_id}/configs")
    @Permission("write:topics")
    public List<TopicViews.Setting> configure(
            @Context Caller caller, @FromPath TopicRequests.TopicPath path, @FromBody TopicRequests.Configs request) {
        return settings.change(caller, path.topicId(), request.configs());
    }

    @GET
    @Path("/{topic_id}/messages")
    @Permission("read:topic_messages")
    public MessageService.MessagePage messages(
            @Context Caller caller, @FromPath TopicRequests.TopicPath path, @FromQuery TopicRequests.Messages wanted) {
        return messages.read(caller, path.topicId(), wanted);
    }

    @POST
    @Path("/{topic_id}/messages")
    @Permission("write:topic_messages")
    public TopicViews.Written write(
            @Context Caller caller, @FromPath TopicRequests.TopicPath path, @FromBody TopicRequests.Message message) {
        return writer.write(caller, path.topicId(), message);
    }
}
