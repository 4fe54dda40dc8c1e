package io.millrace.pipeline;

import io.millrace.connector.ConnectorService;
import io.millrace.connector.Health;
import io.millrace.control.SnapshotKind;
import io.millrace.http.ApiProblem;
import io.millrace.snapshot.ExecuteSnapshots;
import io.millrace.snapshot.Problem;
import io.millrace.snapshot.SnapshotAnswers;
import io.millrace.snapshot.SnapshotRequests;
import io.millrace.snapshot.ValidateSnapshots;
import io.millrace.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots what joined a pipeline with {@code snapshot_new_tables}, as soon as the pipeline flows and its source runs and
 * takes no other snapshot. What cannot be snapshotted holds up nothing else; the reason is shown in the pipeline and it is
 * tried again. Survives the end of the process at any point: each is begun once.
 */
public final class Backfills implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Backfills.class);

    /** After what time something that could not begin is tried again. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
    private final BackfillRepository rows = new BackfillRepository();
    private final Store store;
    private final ConnectorService sources;
    private final Starter snapshots;
    private final Clock clock;
    private Optional<Future<?>> looks = Optional.empty();

    /** What knows whether a snapshot can be taken, and begins it. */
    public record Starter(ValidateSnapshots validate, ExecuteSnapshots execute) {}

    public Backfills(Store store, ConnectorService sources, Starter snapshots, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.sources = sources;
        this.snapshots = snapshots;
    }

    /** Begins to look for what is due. */
    public void begin() {
        looks = Optional.of(looking.scheduleWithFixedDelay(this::look, 1, 2, TimeUnit.SECONDS));
    }

    private void look() {
        for (Backfill backfill : store.<List<Backfill>, RuntimeException>read(
                handle -> rows.due(handle, clock.instant().minus(AGAIN)))) {
            try {
                if (runs(backfill)) {
                    start(backfill);
                }
            } catch (ApiProblem e) {
                // The source takes another snapshot, or went away a moment ago.
                LOG.debug("The snapshot of {} waits: {}", backfill.topics(), e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("The snapshot of {} for pipeline {} cannot begin", backfill.topics(), backfill.pipeline(), e);
            }
        }
    }

    private boolean runs(Backfill backfill) {
        return sources.find(backfill.source())
                .filter(source -> sources.health(source).state() == Health.State.ACTIVE)
                .isPresent();
    }

    private void start(Backfill backfill) {
        try {
            begin(backfill);
        } catch (ApiProblem.BadRequest e) {
            Map<String, String> problems =
                    problems(backfill, snapshots.validate().validate(backfill.caller(), request(backfill)));
            store.change(handle ->
                    problems.forEach((topic, problem) -> rows.note(handle, backfill, topic, problem, clock.instant())));
            List<String> able = new ArrayList<>(backfill.topics());
            able.removeAll(problems.keySet());
            if (!able.isEmpty() && !problems.isEmpty()) {
                begin(backfill.of(able));
            }
        }
    }

    private void begin(Backfill backfill) {
        snapshots.execute().execute(backfill.caller(), request(backfill));
        store.change(handle -> rows.remove(handle, backfill.pipeline(), backfill.topics()));
        LOG.info("The snapshot of {} begins, as they joined pipeline {}", backfill.topics(), backfill.pipeline());
    }

    /** Returns why topics cannot be snapshotted; a problem of the whole, and of no topic that is left, is one of each. */
    private static Map<String, String> problems(Backfill backfill, SnapshotAnswers.Validation found) {
        Map<String, SnapshotAnswers.ValidatedTopic> byId = found.topics().stream()
                .collect(Collectors.toMap(SnapshotAnswers.ValidatedTopic::topicId, topic -> topic));
        return backfill.topics().stream()
                .filter(topic ->
                        byId.get(topic) == null || !byId.get(topic).errors().isEmpty())
                .collect(
                        Collectors.toMap(topic -> topic, topic -> Optional.ofNullable(byId.get(topic))
                                .map(SnapshotAnswers.ValidatedTopic::errors)
                                .orElse(found.errors())
                                .stream()
                                .map(Problem::message)
                                .distinct()
                                .collect(Collectors.joining("; "))));
    }

    private static SnapshotRequests.Execute request(Backfill backfill) {
        return SnapshotRequests.Execute.of(backfill.source().value(), backfill.topics(), SnapshotKind.INCREMENTAL)
                .under(backfill.requestId());
    }

    @Override
    public void close() {
        looks.ifPresent(look -> look.cancel(false));
        looking.shutdown();
    }
}
