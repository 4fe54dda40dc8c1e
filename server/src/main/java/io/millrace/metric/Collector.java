package io.millrace.metric;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.connector.Standing;
import io.millrace.destination.SinkGroup;
import io.millrace.engine.Engine;
import io.millrace.engine.PartitionId;
import io.millrace.engine.TopicVolume;
import io.millrace.pipeline.PipelineFlow;
import io.millrace.source.SnapshotMarks;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every ten seconds what the data plane measures, in a number of questions that does not grow with the number of
 * connectors, and adds it to the {@link Rings}. What is counted between the last look and a kill is lost.
 */
public final class Collector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final int LOOK_SECONDS = 10;

    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
    private final Counters counters = new Counters();
    private final Map<String, Long> ends = new HashMap<>();
    private final Rings rings;
    private final Engine engine;
    private final Origins origins;
    private final Clock clock;
    private Optional<Future<?>> looks = Optional.empty();

    /** Takes where things are read from. */
    public Collector(Rings rings, Engine engine, Origins origins, Clock clock) {
        this.rings = rings;
        this.engine = engine;
        this.origins = origins;
        this.clock = clock;
    }

    /**
     * Where the platform says what there is to measure.
     *
     * @param delivered how many rows snapshots have delivered into each topic, ever
     * @param retained what databases said of the log that they keep
     * @param snapshots newest state of the snapshots of each topic
     */
    public record Origins(
            Supplier<List<Standing>> connectors,
            Supplier<List<PipelineFlow>> pipelines,
            Supplier<Map<String, Long>> delivered,
            Supplier<Map<Entity, Retentions.Seen>> retained,
            SnapshotMarks snapshots) {}

    /** Begins to look, from where an earlier process ended. */
    public void begin() {
        rings.resume(clock.instant());
        looks = Optional.of(
                looking.scheduleWithFixedDelay(this::lookOrSay, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS));
    }

    private void lookOrSay() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.warn("The figures of the last seconds could not be collected; they are with the next look", e);
        }
    }

    /** Takes a look. What the data plane does not tell now is told by a later look, because counters only grow. */
    void look() {
        Census census =
                new Census(origins.connectors().get(), origins.pipelines().get());
        Map<String, TopicVolume> volumes = engine.kafka().figures().volumes();
        Map<ConnectorId, Map<PartitionId, Long>> committed = committed(census);
        Map<Entity, Instant> newest = newest(volumes);
        Map<String, Long> delivered = origins.delivered().get();

        Look look = new Look(census, counters);
        look.states();
        look.measured(engine.measurements().measured());
        look.delays(engine.measurements().delays());
        counters.endLook();
        look.volumes(volumes, committed, rings.latest());
        look.delivered(delivered, rings.latest());
        look.snapshots(origins.snapshots().newest(census.sources()));
        look.retained(origins.retained().get());
        rings.own(census.owned());
        rings.add(clock.instant(), look.tallies(), newest);

        Set<Entity> there = new HashSet<>(census.entities());
        volumes.keySet().forEach(topic -> there.add(Entity.topic(topic)));
        rings.keep(there);
    }

    private Map<ConnectorId, Map<PartitionId, Long>> committed(Census census) {
        Map<String, ConnectorId> groups = new HashMap<>();
        for (Standing connector : census.connectors()) {
            if (connector.id().kind() == Kind.DESTINATION) {
                groups.put(SinkGroup.name(connector.id()), connector.id());
            }
        }
        Map<ConnectorId, Map<PartitionId, Long>> committed = new HashMap<>();
        engine.kafka()
                .groups()
                .committed(groups.keySet())
                .forEach((group, offsets) -> committed.put(groups.get(group), offsets));
        return committed;
    }

    /** Returns when the topics were last written to that were written to since the last look. */
    private Map<Entity, Instant> newest(Map<String, TopicVolume> volumes) {
        List<String> changed = volumes.keySet().stream()
                .filter(topic -> !Optional.of(volumes.get(topic).end()).equals(Optional.ofNullable(ends.get(topic))))
                .toList();
        ends.keySet().retainAll(volumes.keySet());
        volumes.forEach((topic, volume) -> ends.put(topic, volume.end()));
        Map<Entity, Instant> newest = new HashMap<>();
        if (!changed.isEmpty()) {
            engine.kafka().figures().newest(changed).forEach((topic, at) -> newest.put(Entity.topic(topic), at));
        }
        return newest;
    }

    @Override
    public void close() {
        looks.ifPresent(look -> look.cancel(false));
        looking.shutdown();
    }
}
