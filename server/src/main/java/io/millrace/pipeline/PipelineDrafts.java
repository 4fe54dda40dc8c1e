package io.millrace.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.catalogue.ConfigRules;
import io.millrace.connector.Connector;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.ConnectorService;
import io.millrace.connector.Kind;
import io.millrace.engine.KafkaCluster;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.source.SourceId;
import io.millrace.source.SourceTopic;
import io.millrace.source.TopicDirectory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Turns requests into plans that can be followed, or refuses them: both ends and all topics have to exist. */
final class PipelineDrafts {
    private static final int LONGEST_NAME = 255;

    private final ConnectorService sources;
    private final ConnectorService destinations;
    private final TopicDirectory topics;
    private final KafkaCluster kafka;

    PipelineDrafts(ConnectorService sources, ConnectorService destinations, TopicDirectory topics, KafkaCluster kafka) {
        this.sources = sources;
        this.destinations = destinations;
        this.topics = topics;
        this.kafka = kafka;
    }

    /** Ends of a pipeline, and what is taken from one to the other. */
    record Draft(ConnectorId source, ConnectorId destination, Pipeline.Plan plan) {}

    /** Refuses what can be seen to be wrong without looking at other records. */
    void check(PipelineRequests.Write request) {
        if (request.name().isBlank()) {
            throw broken("'name' is a required field");
        }
        if (request.name().length() > LONGEST_NAME) {
            throw broken("'name' must be at most " + LONGEST_NAME + " characters long");
        }
        request.topicAutoDiscoveryTransforms().stream().findFirst().ifPresent(transform -> {
            throw broken("transform '" + transform.transformId() + "' does not exist");
        });
        if (!request.transforms().isEmpty()) {
            Collection<String> present = Set.copyOf(kafka.topics());
            request.transforms().stream()
                    .map(PipelineRequests.Transform::topicId)
                    .filter(topic -> !present.contains(topic))
                    .findFirst()
                    .ifPresent(topic -> {
                        throw broken("topic '" + topic + "' in 'transforms' does not exist");
                    });
        }
    }

    /**
     * Returns what was asked for, refusing ends that the caller does not have and topics that the source does not have.
     *
     * @param before topics that the pipeline has had so far, and keeps even if the source does not have them any more
     */
    Draft draft(Handle handle, Caller caller, PipelineRequests.Write request, Set<String> before) {
        Connector source =
                end(handle, caller, sources, Kind.SOURCE, request.source().id());
        Connector destination = end(
                handle,
                caller,
                destinations,
                Kind.DESTINATION,
                request.destination().id());
        checkCode(source, request.source().connector());
        checkCode(destination, request.destination().connector());
        checkTopics(handle, source, request.source().topics(), before);
        return new Draft(
                source.id(),
                destination.id(),
                new Pipeline.Plan(
                        request.source().name(),
                        request.destination().name(),
                        request.source().topics(),
                        items(request.transformsAsSent()),
                        items(request.discoveryAsSent()),
                        request.snapshotNewTables(),
                        request.periodicAudit()));
    }

    private static Connector end(Handle handle, Caller caller, ConnectorService connectors, Kind kind, String id) {
        return ConnectorId.find(kind, id)
                .flatMap(known -> connectors.find(handle, caller, known))
                .orElseThrow(() -> broken(kind.noun() + " '" + id + "' does not exist"));
    }

    private static void checkCode(Connector connector, String code) {
        if (!connector.code().equals(code)) {
            throw broken("'" + connector.id().kind().noun() + ".connector' must be '" + connector.code() + "', as "
                    + connector.id().kind().noun() + " '" + connector.name() + "' is one");
        }
    }

    /** Where the source's topics are known, a name that is none of them is a mistake that nothing else would show. */
    private void checkTopics(Handle handle, Connector source, List<String> names, Set<String> before) {
        List<String> known = topics.of(handle, SourceId.of(source.id())).stream()
                .map(SourceTopic::topicName)
                .toList();
        if (known.isEmpty()) {
            return;
        }
        String prefix = source.id().prefix() + ".";
        List<String> unknown = names.stream()
                .filter(name -> !before.contains(name))
                .filter(name -> !known.contains(name.startsWith(prefix) ? name.substring(prefix.length()) : name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new ApiProblem.BadRequest("Unknown topics for source '" + source.id() + "': "
                    + unknown.stream().distinct().collect(Collectors.joining(", ")) + "; it has: "
                    + String.join(", ", known));
        }
    }

    private static List<JsonNode> items(Optional<JsonNode> list) {
        List<JsonNode> items = new ArrayList<>();
        list.ifPresent(present -> present.forEach(items::add));
        return items;
    }

    private static ApiProblem broken(String rule) {
        return new ApiProblem.Invalid(ConfigRules.sentence(List.of(rule)));
    }
}
