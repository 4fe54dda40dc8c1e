package io.millrace.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connector.ConnectorFilter.TagOperation;
import io.millrace.connector.ConnectorRequests;
import io.millrace.connector.CreatedFrom;
import io.millrace.http.PageRequest;
import io.millrace.http.shape.CsvOrList;
import io.millrace.http.shape.Default;
import io.millrace.http.shape.Inline;
import io.millrace.http.shape.Member;
import io.millrace.http.shape.Min;
import java.util.List;
import java.util.Optional;

/** What calls about pipelines carry. */
final class PipelineRequests {
    private PipelineRequests() {}

    /**
     * Where a pipeline begins.
     *
     * @param topics names of the topics that it takes, without the prefix of the source
     */
    record SourceEnd(String connector, String name, String id, List<String> topics) {}

    /** Where a pipeline ends. */
    record DestinationEnd(String connector, String name, String id) {}

    /** An output topic of a transform. */
    record Transform(
            String topicId,
            Optional<String> id,
            Optional<String> name,
            Optional<String> startTime,
            Optional<String> topic) {}

    /** Output topics of a transform that join the pipeline as they appear. */
    record AutoDiscovery(String transformId, String regex) {}

    /** A comparison of source and destination that is run again and again. */
    record Audit(
            List<String> topics,
            Optional<String> timestampColumn,
            @Min(1) int intervalMinutes,
            @Default("false") boolean fixDeletesOnly) {}

    /**
     * A pipeline to create, or what one is replaced with.
     *
     * @param tags empty keeps the tags
     * @param transformsAsSent {@code transforms} as they came, unknown members included; {@code discoveryAsSent} likewise
     */
    record Write(
            String name,
            DestinationEnd destination,
            SourceEnd source,
            @Default("") List<Transform> transforms,
            @Default("") List<AutoDiscovery> topicAutoDiscoveryTransforms,
            Optional<List<String>> tags,
            @Default("false") boolean snapshotNewTables,
            Optional<Audit> periodicAudit,
            @Default("api") CreatedFrom createdFrom,
            @Member("transforms") Optional<JsonNode> transformsAsSent,
            @Member("topic_auto_discovery_transforms") Optional<JsonNode> discoveryAsSent,
            Optional<String> id) {}

    /** Path of an action. */
    record ActionPath(String pipelineId, ConnectorRequests.Action action) {}

    /** Which pipelines a list call wants. */
    record Filter(
            @Inline PageRequest page,
            Optional<String> id,
            Optional<String> partialName,
            Optional<CsvOrList> status,
            Optional<CsvOrList> sourceId,
            Optional<CsvOrList> destinationId,
            Optional<CsvOrList> tagIds,
            @Default("or") TagOperation tagFilterOperation,
            @Default("false") boolean secretReturned) {}
}
