package io.millrace.topic;

import io.millrace.connector.ConnectorService;
import io.millrace.connector.Connectors;
import io.millrace.engine.KafkaCluster;
import io.millrace.metric.Figures;
import io.millrace.source.SnapshotMarks;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Makes everything about topics. */
public final class Topics {
    private final TopicTables tables;
    private final List<Object> resources;
    private final VisibleTopics visible;

    /**
     * What others tell topics.
     *
     * @param snapshots what lists say about snapshots
     * @param format how sources and transforms write records
     * @param decoder turns records into words
     * @param schemas what records are written with
     */
    public record Surroundings(SnapshotMarks snapshots, String format, RecordDecoder decoder, TopicSchemas schemas) {}

    /** Wires topics over a data plane that need not run yet. */
    public Topics(
            Connectors.Foundation foundation,
            KafkaCluster kafka,
            ConnectorService destinations,
            Surroundings surroundings) {
        tables = new TopicTables(foundation.store(), foundation.ids());
        TopicForms forms = new TopicForms(surroundings.format());
        TopicService topics = new TopicService(foundation.store(), tables.topics(), kafka, forms);
        visible = new VisibleTopics(foundation.store(), tables.topics(), forms);
        TopicChanges changes = new TopicChanges(tables, kafka, topics);
        resources = List.of(
                new TopicResource(
                        new TopicListing(foundation.store(), tables.topics(), surroundings.snapshots(), forms),
                        topics,
                        new TopicCreation(tables, kafka, forms, foundation.clock()),
                        changes),
                new TopicContentResource(
                        new TopicStatistics(topics, kafka),
                        new TopicSettings(topics, kafka),
                        new MessageService(topics, kafka, surroundings.decoder(), foundation.clock()),
                        new MessageWriter(topics, kafka, new RecordEncoder(surroundings.schemas()))),
                new TopicBindingResource(new TopicBindings(tables, topics, destinations, foundation.clock())),
                new TopicBulkResource(changes),
                new TopicMetricsResource(new TopicFigures(
                        tables, topics, new Figures(foundation.store(), foundation.clock()), foundation.clock())));
    }

    /** Returns how many topics have a tag. */
    public long tagged(Handle handle, String tag) {
        return tables.topics().tagged(handle, tag);
    }

    /** Returns what tells others which topics clients see. */
    public VisibleTopics visible() {
        return visible;
    }

    /** Returns what serves the calls about topics. */
    public List<Object> resources() {
        return resources;
    }
}
