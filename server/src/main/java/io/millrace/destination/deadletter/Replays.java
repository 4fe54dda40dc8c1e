package io.millrace.destination.deadletter;

import io.millrace.connector.Connector;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.ConnectorService;
import io.millrace.destination.Inflow;
import io.millrace.destination.SinkGroup;
import io.millrace.engine.KafkaCluster;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives destinations again what they refused. A replay survives the end of the process at any point. */
public final class Replays implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    /** Keys of so many are held in memory; what is beyond waits for the next replay. */
    private static final long MOST_LETTERS = 100_000;

    private final ScheduledExecutorService steps = Executors.newSingleThreadScheduledExecutor();
    private final ReplayRepository rows = new ReplayRepository();
    private final Store store;
    private final ConnectorService destinations;
    private final Inflow pipelines;
    private final DeadLetterTopics topics;
    private final KafkaCluster kafka;
    private final Clock clock;
    private Optional<Future<?>> running = Optional.empty();

    /** @param pipelines what brings destinations their topics when nothing is replayed */
    public Replays(Store store, ConnectorService destinations, Inflow pipelines, KafkaCluster kafka, Clock clock) {
        this.store = store;
        this.destinations = destinations;
        this.pipelines = pipelines;
        this.kafka = kafka;
        this.topics = new DeadLetterTopics(kafka);
        this.clock = clock;
    }

    /** Returns what serves the calls about dead letters. */
    public List<Object> resources() {
        return List.of(new DeadLetterResource(this));
    }

    /** Begins to take replays further. */
    public void begin() {
        running = Optional.of(steps.scheduleWithFixedDelay(this::step, 1, 1, TimeUnit.SECONDS));
    }

    DeadLetterView show(Caller caller, String destination) {
        ConnectorId id = destinations.get(caller, destination).id();
        return view(id, store.read(handle -> rows.find(handle, id)));
    }

    DeadLetterView replay(Caller caller, String destination, DeadLetterRequests.Replay request) {
        Connector connector = destinations.get(caller, destination);
        ConnectorId id = connector.id();
        DeadLetterTopics.Offsets letters = topics.letters(id);
        Replay begun = store.write(handle -> {
            Optional<Replay> before = rows.find(handle, id);
            if (before.filter(Replay::isRunning).isPresent()) {
                throw new ApiProblem.Conflict("Dead letters of destination '" + connector.name()
                        + "' are being replayed; read how far it is with GET /destinations/" + id + "/dead_letters");
            }
            long from = Math.max(letters.from(), request.fromOffset().orElse(seen(before)));
            long to = Math.min(
                    Math.min(letters.to(), request.toOffset().orElse(Long.MAX_VALUE)),
                    Math.max(from, 0) + MOST_LETTERS);
            Replay.Scope scope =
                    new Replay.Scope(from, Math.max(from, to), request.topics(), request.includeSuperseded());
            Replay replay = Replay.begin(id, scope, caller.subject(), clock.instant());
            if (from >= to) {
                replay = replay.completed(clock.instant());
            }
            rows.save(handle, replay);
            destinations.touch(handle, id);
            return replay;
        });
        destinations.follow(id, false);
        return view(id, Optional.of(begun));
    }

    private static long seen(Optional<Replay> before) {
        return before.map(replay -> replay.scope().to()).orElse(0L);
    }

    private DeadLetterView view(ConnectorId id, Optional<Replay> replay) {
        DeadLetterTopics.Offsets letters = topics.letters(id);
        return DeadLetterView.of(
                id,
                letters.to() - letters.from(),
                Math.max(0, letters.to() - Math.max(letters.from(), seen(replay))),
                replay);
    }

    private void step() {
        for (Replay replay : store.<List<Replay>, RuntimeException>read(rows::running)) {
            try {
                // What runs must be what the state of the replay says before anything is concluded from it.
                if (destinations.isFollowed(replay.destination())) {
                    step(replay);
                }
            } catch (RuntimeException e) {
                LOG.error("The replay of dead letters of {} cannot go on; tried again", replay.destination(), e);
            }
        }
    }

    private void step(Replay replay) {
        ConnectorId id = replay.destination();
        List<String> flowing = pipelines.flowing(id);
        if (replay.state() == Replay.State.HOLDING && new SinkGroup(kafka, id).isIdle(flowing)) {
            DeadLetterTopics.Written written = topics.write(id, replay.scope(), flowing);
            Replay next = replay.written(written.counts(), written.end());
            move(written.counts().replayed() == 0 ? next.completed(clock.instant()) : next);
        } else if (replay.state() == Replay.State.REPLAYING && topics.isTaken(id, replay.end())) {
            move(replay.completed(clock.instant()));
        }
    }

    private void move(Replay next) {
        store.change(handle -> {
            rows.save(handle, next);
            destinations.touch(handle, next.destination());
        });
        destinations.follow(next.destination(), false);
        LOG.info("Replay of dead letters of {}: {}, {}", next.destination(), next.state(), next.counts());
    }

    @Override
    public void close() {
        running.ifPresent(task -> task.cancel(false));
        steps.shutdown();
    }
}
