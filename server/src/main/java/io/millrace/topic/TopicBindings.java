package io.millrace.topic;

import io.millrace.connector.Connector;
import io.millrace.connector.ConnectorService;
import io.millrace.destination.SinkFrame;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Writes topics to destinations without a pipeline. */
final class TopicBindings {
    private final TopicTables tables;
    private final TopicService topics;
    private final ConnectorService destinations;
    private final Clock clock;

    TopicBindings(TopicTables tables, TopicService topics, ConnectorService destinations, Clock clock) {
        this.tables = tables;
        this.topics = topics;
        this.destinations = destinations;
        this.clock = clock;
    }

    TopicViews.Binding get(Caller caller, TopicRequests.BindingPath path) {
        TopicEntry topic = topics.find(caller, path.topicId());
        Connector destination = destinations.get(caller, path.destinationId());
        Optional<String> id =
                tables.store().read(handle -> tables.bindings().find(handle, topic.topicId(), destination.id()));
        return view(id.orElseThrow(() -> unbound(topic, destination)), topic, destination);
    }

    /** Binds; a second time changes nothing. */
    TopicViews.Binding attach(Caller caller, TopicRequests.BindingPath path) {
        TopicEntry topic = topics.find(caller, path.topicId());
        Connector destination = destinations.get(caller, path.destinationId());
        if (topic.topicId().equals(SinkFrame.deadLetters(destination.id()))) {
            throw new ApiProblem.Conflict("Topic '" + topic.topicId() + "' holds what destination '"
                    + destination.name() + "' could not take; replay it with POST /destinations/" + destination.id()
                    + "/dead_letters/replay");
        }
        String id = tables.store().write(handle -> {
            String fresh = tables.ids().next();
            if (tables.bindings().insert(handle, fresh, topic.topicId(), destination.id(), clock.instant())) {
                destinations.touch(handle, destination.id());
                return fresh;
            }
            return tables.bindings()
                    .find(handle, topic.topicId(), destination.id())
                    .orElse(fresh);
        });
        destinations.follow(destination.id(), false);
        return view(id, topic, destination);
    }

    TopicViews.Binding detach(Caller caller, TopicRequests.BindingPath path) {
        TopicViews.Binding was = get(caller, path);
        Connector destination = destinations.get(caller, path.destinationId());
        tables.store().change(handle -> {
            tables.bindings().delete(handle, was.bindingId());
            destinations.touch(handle, destination.id());
        });
        destinations.follow(destination.id(), false);
        return was;
    }

    private static TopicViews.Binding view(String id, TopicEntry topic, Connector destination) {
        return new TopicViews.Binding(
                id,
                topic.owner().kind() == TopicEntry.OwnerKind.SOURCES
                        ? Optional.of(topic.owner().id())
                        : Optional.empty(),
                destination.id().value(),
                List.of(topic.topicId()));
    }

    private static ApiProblem unbound(TopicEntry topic, Connector destination) {
        return new ApiProblem.NotFound("Binding not found: topic '" + topic.topicId()
                + "' is not bound to destination '" + destination.name() + "'");
    }
}
