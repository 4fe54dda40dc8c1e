package io.millrace.metric;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.Health;
import io.millrace.connector.Kind;
import io.millrace.connector.Standing;
import io.millrace.engine.Delays;
import io.millrace.engine.Measure;
import io.millrace.engine.Measured;
import io.millrace.engine.PartitionId;
import io.millrace.engine.TopicVolume;
import io.millrace.pipeline.PipelineFlow;
import io.millrace.source.SnapshotMarks;
import io.millrace.source.SourceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What one look found, attributed to everything that it concerns. */
final class Look {
    private static final Map<Measure, Metric> OF_TOPICS_IN = Map.of(
            Measure.RECORDS_SENT, Metric.RECORDS_IN,
            Measure.BYTES_SENT, Metric.BYTES_IN,
            Measure.RETRIES, Metric.RETRIES);
    private static final Map<Measure, Metric> OF_TOPICS_OUT = Map.of(
            Measure.RECORDS_READ, Metric.RECORDS_OUT,
            Measure.BYTES_READ, Metric.BYTES_OUT);
    private static final Map<Measure, Metric> OF_SOURCES = Map.of(
            Measure.RECORDS_WRITTEN, Metric.RECORDS_WRITTEN,
            Measure.CREATES, Metric.CREATES,
            Measure.UPDATES, Metric.UPDATES,
            Measure.DELETES, Metric.DELETES,
            Measure.BEHIND_MS, Metric.BEHIND_MS,
            Measure.IDLE_MS, Metric.IDLE_MS,
            Measure.CONNECTED, Metric.CONNECTED);

    private final Map<Entity, Tally> tallies = new HashMap<>();
    private final Map<ConnectorId, Long> held = new HashMap<>();
    private final Map<Entity, Long> left = new HashMap<>();
    private final Census census;
    private final Counters counters;

    Look(Census census, Counters counters) {
        this.census = census;
        this.counters = counters;
    }

    /** Returns what was found. */
    Map<Entity, Tally> tallies() {
        return tallies;
    }

    /** Notes how connectors and pipelines are. */
    void states() {
        Map<ConnectorId, Health.State> states = new HashMap<>();
        for (Standing connector : census.connectors()) {
            states.put(connector.id(), connector.health().state());
            state(Entity.of(connector.id()), connector.health().state().label());
        }
        for (PipelineFlow pipeline : census.pipelines()) {
            state(
                    Entity.pipeline(pipeline.id()),
                    pipeline.state(
                            states.getOrDefault(pipeline.source(), Health.State.UNKNOWN),
                            states.getOrDefault(pipeline.destination(), Health.State.UNKNOWN)));
        }
    }

    private void state(Entity entity, String label) {
        tally(entity).add(Metric.STATE, State.of(label).number());
    }

    /** Takes what the workers measured. */
    void measured(List<Measured> figures) {
        for (Measured figure : figures) {
            census.connector(figure.connector()).ifPresent(connector -> {
                long value = figure.measure().isCounter()
                        ? counters.increment(
                                List.of(figure.connector(), figure.task(), figure.topic(), figure.measure()),
                                figure.value())
                        : figure.value();
                if (connector.id().kind() == Kind.SOURCE) {
                    ofSource(connector, figure, value);
                } else {
                    ofDestination(connector, figure, value);
                }
            });
        }
    }

    private void ofSource(Standing source, Measured figure, long value) {
        if (figure.topic().isEmpty()) {
            Metric metric = OF_SOURCES.get(figure.measure());
            if (metric != null) {
                tally(Entity.of(source.id())).add(metric, value);
            }
            return;
        }
        String topic = figure.topic().get();
        Metric metric = OF_TOPICS_IN.get(figure.measure());
        // It writes its progress to topics of the platform, too.
        if (metric != null && topic.startsWith(source.id().prefix() + ".")) {
            Stream.of(Entity.of(source.id()), Entity.topic(topic), Entity.service(source.serviceId()))
                    .forEach(entity -> tally(entity).add(metric, value));
        }
    }

    private void ofDestination(Standing destination, Measured figure, long value) {
        switch (figure.measure()) {
            case RECORDS_HELD -> held.merge(destination.id(), value, Long::sum);
            case RECORDS_LEFT ->
                figure.topic()
                        .ifPresent(topic -> left.merge(Entity.reading(destination.id(), topic), value, Long::sum));
            case DEAD_LETTERS -> {
                Stream.of(Entity.of(destination.id()), Entity.service(destination.serviceId()))
                        .forEach(entity -> tally(entity).add(Metric.ERRORS, value));
                List<PipelineFlow> pipelines = census.readBy(destination.id()).values().stream()
                        .flatMap(List::stream)
                        .distinct()
                        .toList();
                // Which topic they are of is not told; of several pipelines none can be blamed.
                if (pipelines.size() == 1) {
                    tally(Entity.pipeline(pipelines.get(0).id())).add(Metric.ERRORS, value);
                }
            }
            default -> {
                Metric metric = OF_TOPICS_OUT.get(figure.measure());
                if (metric != null && figure.topic().isPresent()) {
                    concerned(destination, figure.topic().get())
                            .forEach(entity -> tally(entity).add(metric, value));
                }
            }
        }
    }

    /** Takes the delays that sinks counted. */
    void delays(List<Delays> all) {
        for (Delays delays : all) {
            census.connector(delays.connector())
                    .ifPresent(destination -> delays.counts().forEach((upper, count) -> {
                        long changes = counters.increment(
                                List.of(delays.connector(), delays.task(), delays.topic(), upper), count);
                        concerned(destination, delays.topic())
                                .forEach(entity -> tally(entity).addDelays(upper, changes));
                    }));
        }
    }

    private Stream<Entity> concerned(Standing destination, String topic) {
        return Stream.concat(
                Stream.of(
                        Entity.reading(destination.id(), topic),
                        Entity.of(destination.id()),
                        Entity.topic(topic),
                        Entity.service(destination.serviceId())),
                census.pipelines(destination.id(), topic).stream().map(pipeline -> Entity.pipeline(pipeline.id())));
    }

    /**
     * Takes what topics hold, and how far destinations are in them by their committed offsets.
     *
     * @param committed offsets by destination and partition
     * @param before the newest figures so far
     */
    void volumes(
            Map<String, TopicVolume> volumes,
            Map<ConnectorId, Map<PartitionId, Long>> committed,
            Map<Entity, Latest> before) {
        Map<String, Standing> sources = census.sourcesByPrefix();
        volumes.forEach((topic, volume) -> {
            Tally tally = tally(Entity.topic(topic));
            tally.add(Metric.SIZE_BYTES, volume.bytes());
            tally.add(Metric.END, volume.end());
            // Of what a source writes the worker counts the records; of others the offsets tell.
            if (source(sources, topic).isEmpty()) {
                long known = Optional.ofNullable(before.get(Entity.topic(topic)))
                        .map(latest -> latest.figures().value(Metric.END).orElse(0))
                        .orElse(0L);
                tally.add(Metric.RECORDS_IN, Math.max(0, volume.end() - known));
            }
        });
        lags(volumes, committed);
    }

    private static Optional<Standing> source(Map<String, Standing> sources, String topic) {
        return Optional.ofNullable(sources.get(topic.substring(0, Math.max(0, topic.indexOf('.')))));
    }

    private void lags(Map<String, TopicVolume> volumes, Map<ConnectorId, Map<PartitionId, Long>> committed) {
        Map<Entity, Long> sums = new HashMap<>();
        for (Standing connector : census.connectors()) {
            ConnectorId id = connector.id();
            if (id.kind() == Kind.DESTINATION) {
                sums.put(Entity.of(id), 0L);
                census.readBy(id).forEach((topic, pipelines) -> {
                    TopicVolume volume = volumes.getOrDefault(topic, TopicVolume.NONE);
                    long lag = lag(connector, topic, volume, committed.getOrDefault(id, Map.of()));
                    sums.put(Entity.reading(id, topic), lag);
                    sums.merge(Entity.of(id), lag, Long::sum);
                    sums.merge(Entity.service(connector.serviceId()), lag, Long::sum);
                    // Of several who read it the one that is furthest behind counts.
                    sums.merge(Entity.topic(topic), lag, Long::max);
                    pipelines.forEach(pipeline -> sums.merge(Entity.pipeline(pipeline.id()), lag, Long::sum));
                });
            }
        }
        sums.forEach((entity, lag) -> tally(entity).add(Metric.LAG, lag));
    }

    /**
     * A running sink that holds nothing is behind by what its consumer has not read; offsets alone would count the ends of
     * transactions as records. In all other cases only the committed offset says what is not written.
     */
    private long lag(Standing destination, String topic, TopicVolume volume, Map<PartitionId, Long> committed) {
        Long unread = left.get(Entity.reading(destination.id(), topic));
        if (unread != null
                && destination.health().state() == Health.State.ACTIVE
                && held.getOrDefault(destination.id(), 0L) == 0) {
            return unread;
        }
        return volume.behind(committed);
    }

    /** Takes how many rows snapshots have delivered into topics, ever. */
    void delivered(Map<String, Long> rows, Map<Entity, Latest> before) {
        Map<String, Standing> sources = census.sourcesByPrefix();
        rows.forEach((topic, count) -> {
            long known = Optional.ofNullable(before.get(Entity.topic(topic)))
                    .map(latest -> latest.figures().count(Metric.SNAPSHOT_RECORDS))
                    .orElse(0L);
            source(sources, topic).filter(source -> count > known).ifPresent(source -> Stream.of(
                            Entity.of(source.id()), Entity.topic(topic), Entity.service(source.serviceId()))
                    .forEach(entity -> tally(entity).add(Metric.SNAPSHOT_RECORDS, count - known)));
        });
    }

    /** Takes the newest states of snapshots by source. */
    void snapshots(Map<SourceId, List<SnapshotMarks.Mark>> marks) {
        marks.forEach((source, states) -> {
            Tally tally = tally(Entity.of(source.connectorId()));
            tally.add(
                    Metric.SNAPSHOT_RUNNING,
                    states.stream().anyMatch(mark -> mark.status().equals("running")) ? 1 : 0);
            tally.add(
                    Metric.SNAPSHOT_COMPLETED,
                    states.stream().allMatch(mark -> mark.status().equals("completed")) ? 1 : 0);
        });
    }

    /** Takes how much log databases keep. */
    void retained(Map<Entity, Retentions.Seen> seen) {
        seen.forEach((source, found) -> {
            tally(source).add(Metric.RETAINED_BYTES, found.retention().retainedBytes());
            found.retention().retainableBytes().ifPresent(bytes -> tally(source).add(Metric.RETAINABLE_BYTES, bytes));
            found.secondsLeft().ifPresent(seconds -> tally(source).add(Metric.RETAINABLE_SECONDS, seconds));
        });
    }

    private Tally tally(Entity entity) {
        return tallies.computeIfAbsent(entity, key -> new Tally());
    }
}
