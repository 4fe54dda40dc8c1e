package io.millrace.pipeline;

import io.millrace.connector.Connectors;
import io.millrace.destination.Destinations;
import io.millrace.engine.KafkaCluster;
import io.millrace.source.Sources;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Makes everything about pipelines. */
public final class Pipelines {
    private final PipelineRepository rows = new PipelineRepository();
    private final List<Object> resources;
    private final PipelineRoutes routes;

    /** Wires pipelines between sources and destinations that were wired with {@link PipelineLinks}. */
    public Pipelines(Connectors.Foundation foundation, Sources sources, Destinations destinations, KafkaCluster kafka) {
        PipelineDrafts drafts = new PipelineDrafts(
                sources.connectors().service(), destinations.connectors().service(), sources.topics(), kafka);
        PipelineService service = new PipelineService(
                foundation.store(),
                rows,
                drafts,
                destinations.connectors().service(),
                new PipelineService.Stamps(foundation.ids(), foundation.clock()));
        PipelineListing listing = new PipelineListing(
                foundation.store(),
                rows,
                sources.connectors().listing(),
                destinations.connectors().listing());
        routes = new PipelineRoutes(foundation.store(), rows);
        resources = List.of(
                new PipelineResource(service, listing), new PipelineBulkResource(new PipelineBulk(service, listing)));
    }

    /** Returns how many pipelines have a tag. */
    public long tagged(Handle handle, String tag) {
        return rows.tagged(handle, tag);
    }

    /** Returns what tells others what pipelines take where. */
    public PipelineRoutes routes() {
        return routes;
    }

    /** Returns what serves the calls about pipelines. */
    public List<Object> resources() {
        return resources;
    }
}
