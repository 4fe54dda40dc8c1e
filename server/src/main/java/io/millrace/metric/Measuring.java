package io.millrace.metric;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.ConnectorListing;
import io.millrace.connector.Connectors;
import io.millrace.connector.Kind;
import io.millrace.connector.Standing;
import io.millrace.database.LogRetention;
import io.millrace.engine.Engine;
import io.millrace.http.Caller;
import io.millrace.pipeline.PipelineFlow;
import io.millrace.pipeline.PipelineRoutes;
import io.millrace.snapshot.Snapshots;
import io.millrace.source.SnapshotMarks;
import io.millrace.source.SourceId;
import io.millrace.source.SourceTopic;
import io.millrace.source.TopicDirectory;
import io.millrace.store.Store;
import io.millrace.system.Family;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes everything about metrics. Starts nothing until {@link #begin}. */
public final class Measuring implements AutoCloseable {
    private final Measured measured;
    private final Families families = new Families();
    private final Rings rings;
    private final Figures figures;
    private final Retentions retentions;
    private final Collector collector;
    private final List<Object> resources;

    /** Everything that is measured. */
    public record Measured(
            Connectors sources,
            TopicDirectory topics,
            Connectors destinations,
            PipelineRoutes pipelines,
            SnapshotMarks marks,
            Snapshots snapshots,
            Retention retention) {}

    /** Asks the database of a source how much log it keeps for it. */
    @FunctionalInterface
    public interface Retention {
        /** Returns that; empty where it depends on no source. */
        Optional<LogRetention> of(SourceId source) throws SQLException;
    }

    /** Wires metrics over a data plane that need not run yet. */
    public Measuring(Store store, Engine engine, Clock clock, Measured measured) {
        this.measured = measured;
        rings = new Rings(store);
        figures = new Figures(store, clock);
        retentions = new Retentions(measured.sources()::standings, measured.retention(), clock);
        collector = new Collector(
                rings,
                engine,
                new Collector.Origins(
                        this::connectors,
                        measured.pipelines()::flows,
                        measured.snapshots()::delivered,
                        retentions::seen,
                        measured.marks()),
                clock);
        resources = List.of(
                new SourceMetricResource(
                        new SourceFigures(figures, measured.sources().service(), measured.marks()),
                        new TableService(figures, sources())),
                new DestinationMetricResource(
                        figures, measured.destinations().service(), new TableService(figures, destinations())),
                new PipelineMetricResource(figures, measured.pipelines(), new TableService(figures, pipelines())));
    }

    private List<Standing> connectors() {
        return Stream.concat(measured.sources().standings().stream(), measured.destinations().standings().stream())
                .toList();
    }

    private TableService.Kind sources() {
        return new TableService.Kind(
                Reported.OF_SOURCES,
                List.of("state", "recordSendTotal", "byteTotal", "StreamingMilliSecondsBehindSource"),
                id -> Entity.of(new ConnectorId(Kind.SOURCE, id)),
                caller -> ids(caller, measured.sources().listing()),
                ids -> topics(ids, Kind.SOURCE),
                ids -> tasks(ids, measured.sources()),
                (id, topic) -> Entity.topic(topic));
    }

    private TableService.Kind destinations() {
        return new TableService.Kind(
                Reported.OF_DESTINATIONS,
                List.of("state", "recordsConsumedTotal", "recordsLag", "latency"),
                id -> Entity.of(new ConnectorId(Kind.DESTINATION, id)),
                caller -> ids(caller, measured.destinations().listing()),
                ids -> topics(ids, Kind.DESTINATION),
                ids -> tasks(ids, measured.destinations()),
                (id, topic) -> Entity.reading(new ConnectorId(Kind.DESTINATION, id), topic));
    }

    private TableService.Kind pipelines() {
        return new TableService.Kind(
                Reported.OF_PIPELINES,
                List.of("status", "recordsLag", "latency"),
                Entity::pipeline,
                measured.pipelines()::ids,
                ids -> measured.pipelines().flows().stream()
                        .filter(pipeline -> ids.contains(pipeline.id()))
                        .collect(Collectors.toMap(PipelineFlow::id, PipelineFlow::topics)),
                ids -> Map.of(),
                (id, topic) -> Entity.topic(topic));
    }

    private static List<String> ids(Caller caller, ConnectorListing listing) {
        return listing.ids(caller).stream().map(ConnectorId::value).toList();
    }

    private Map<String, List<String>> topics(Collection<String> ids, Kind kind) {
        Map<String, List<String>> topics = new HashMap<>();
        if (kind == Kind.SOURCE) {
            measured.topics()
                    .of(ids.stream().map(SourceId::new).toList())
                    .forEach((source, found) -> topics.put(
                            source.value(),
                            found.stream().map(SourceTopic::topicId).toList()));
        } else {
            measured.pipelines().flows().stream()
                    .filter(pipeline -> ids.contains(pipeline.destination().value()))
                    .forEach(pipeline -> topics.merge(
                            pipeline.destination().value(), pipeline.topics(), (some, more) -> Stream.concat(
                                            some.stream(), more.stream())
                                    .distinct()
                                    .toList()));
        }
        return topics;
    }

    private static Map<String, Map<String, Map<String, Object>>> tasks(Collection<String> ids, Connectors connectors) {
        Set<String> wanted = Set.copyOf(ids);
        Map<String, Map<String, Map<String, Object>>> tasks = new LinkedHashMap<>();
        connectors.standings().stream()
                .filter(connector -> wanted.contains(connector.id().value()))
                .forEach(connector -> {
                    Map<String, Map<String, Object>> states = new LinkedHashMap<>();
                    connector
                            .health()
                            .tasks()
                            .forEach((task, state) -> states.put(task.toString(), Map.of("state", state.state())));
                    tasks.put(connector.id().value(), states);
                });
        return tasks;
    }

    /** Returns what answers for other features what was measured. */
    public Figures figures() {
        return figures;
    }

    /** Returns the newest figures for Prometheus. */
    public List<Family> families() {
        return families.of(rings.newest());
    }

    /** Returns what serves the calls about metrics. */
    public List<Object> resources() {
        return resources;
    }

    /** Collects now what was measured since the last time. */
    public void collect() {
        collector.look();
    }

    /** Begins to collect; the data plane must be up. */
    public void begin() {
        retentions.begin();
        collector.begin();
    }

    @Override
    public void close() {
        collector.close();
        retentions.close();
    }
}
