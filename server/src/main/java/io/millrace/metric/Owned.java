package io.millrace.metric;

import io.millrace.connector.Kind;
import io.millrace.connector.Standing;
import io.millrace.pipeline.PipelineFlow;
import java.util.Optional;

/**
 * Whose something is that is measured.
 *
 * @param kind sources, destinations or pipelines
 * @param code type of a connector in the catalogue
 */
record Owned(String kind, String id, String tenantId, String serviceId, String name, Optional<String> code) {
    static Owned of(Standing connector) {
        return new Owned(
                connector.id().kind() == Kind.SOURCE ? "sources" : "destinations",
                connector.id().value(),
                connector.tenantId(),
                connector.serviceId(),
                connector.name(),
                Optional.of(connector.code()));
    }

    static Owned of(PipelineFlow pipeline) {
        return new Owned(
                "pipelines",
                pipeline.id(),
                pipeline.tenantId(),
                pipeline.serviceId(),
                pipeline.name(),
                Optional.empty());
    }
}
