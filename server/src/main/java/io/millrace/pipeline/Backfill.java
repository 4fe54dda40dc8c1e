package io.millrace.pipeline;

import io.millrace.connector.ConnectorId;
import io.millrace.http.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Topics that one call added to a pipeline and that are still to be snapshotted.
 *
 * @param topics names in Kafka, in order
 * @param requestedAt moment of the call, which tells it from others of the same pipeline
 */
record Backfill(
        PipelineId pipeline,
        ConnectorId source,
        String tenantId,
        String serviceId,
        String requestedBy,
        Instant requestedAt,
        List<String> topics) {
    Backfill {
        topics = List.copyOf(topics);
    }

    /** Returns who asked, as far as a snapshot needs to know. */
    Caller caller() {
        return new Caller(tenantId, serviceId, requestedBy, Set.of(), false);
    }

    /** Returns the same for some of its topics. */
    Backfill of(List<String> some) {
        return new Backfill(pipeline, source, tenantId, serviceId, requestedBy, requestedAt, some);
    }

    /** Returns a name for the snapshot of just these topics, so that one that began is found again after a crash. */
    String requestId() {
        return "backfill-" + pipeline + "-"
                + Integer.toHexString(
                        List.of(requestedAt.toEpochMilli(), topics).hashCode());
    }
}
