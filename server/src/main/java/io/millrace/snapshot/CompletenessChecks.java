package io.millrace.snapshot;

import io.millrace.database.TableView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds topics that are complete against their tables, once no run of their source is active, one after the other.
 *
 * <p>The keys of the range are read in one consistent view, and then the topic is gone through as of that view. A key
 * that the topic holds is delivered, whatever else is under way, so "complete" can be said at once. That one is missing
 * can be said only when the stream has passed the view; until then the topic is read on. See ADR 0013.
 */
final class CompletenessChecks implements AutoCloseable {
    /** Tables with more rows in the range are not checked. */
    static final int MOST_ROWS = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(CompletenessChecks.class);
    private static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration RECENT = Duration.ofDays(1);

    /** Clocks of producers may be behind ours by this much. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final SnapshotRepository repository;
    private final SnapshotSources sources;
    private final SourceDatabases databases;
    private final BiFunction<String, Instant, TopicFold> folds;
    private final Clock clock;
    private final Changes closing = new Changes();
    private final Map<SnapshotRepository.TopicOfRun, Integer> attempts = new HashMap<>();
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * Makes one that checks nothing before {@link #look}.
     *
     * @param folds opens a topic by its Kafka name before the first record of a time
     */
    CompletenessChecks(
            SnapshotRepository repository,
            SnapshotSources sources,
            SourceDatabases databases,
            BiFunction<String, Instant, TopicFold> folds,
            Clock clock) {
        this.repository = repository;
        this.sources = sources;
        this.databases = databases;
        this.folds = folds;
        this.clock = clock;
    }

    /** Begins to check what can be checked by now, on {@code thread}. Called about once a second. */
    void look(Executor thread) {
        if (underWay.get()) {
            return;
        }
        List<SnapshotRepository.TopicOfRun> unproven =
                repository.unproven(clock.instant().minus(RECENT), MOST_ROWS);
        attempts.keySet().retainAll(unproven);
        unproven.stream()
                .filter(topic -> attempts.getOrDefault(topic, 0) < ATTEMPTS)
                .min(Comparator.comparing(topic -> attempts.getOrDefault(topic, 0)))
                .ifPresent(due -> {
                    attempts.merge(due, 1, Integer::sum);
                    underWay.set(true);
                    thread.execute(() -> check(due));
                });
    }

    private void check(SnapshotRepository.TopicOfRun due) {
        try {
            Optional<Run> run = repository.find(due.sourceId(), due.run());
            Optional<SnapshotSource> source = sources.find(due.sourceId());
            if (!closed && run.isPresent() && source.isPresent()) {
                Completeness found = proof(source.get(), run.get(), due.topic());
                keep(due, found);
            }
        } catch (CannotTellException e) {
            LOG.info("Whether {} is complete cannot be told: {}", due.topic(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("Topic {} could not be held against its table", due.topic(), e);
        } finally {
            underWay.set(false);
        }
    }

    private void keep(SnapshotRepository.TopicOfRun due, Completeness found) {
        repository.change(due.sourceId(), runs -> {
            runs.find(due.run()).ifPresent(before -> runs.update(before, before.proven(due.topic(), found)));
            return found;
        });
        if (!found.complete()) {
            LOG.error(
                    "Topic {} misses {} of {} rows of its table",
                    due.topic(),
                    found.rowsInTable() - found.keysDelivered(),
                    found.rowsInTable());
        }
    }

    private Completeness proof(SnapshotSource source, Run run, String topicId) throws CannotTellException {
        RunTopic topic = run.topics().stream()
                .filter(each -> each.topic().id().equals(topicId))
                .findFirst()
                .orElseThrow(() -> new CannotTellException("the run has no such topic"));
        KeySet keys = new KeySet(MOST_ROWS);
        TableView view = databases
                .view(source, topic.topic(), topic.wholeRange(run.order()), MOST_ROWS, keys::add)
                .orElseThrow(
                        () -> new CannotTellException("its keys cannot be compared with those of the table, its filter"
                                + " may decide differently at another time, or there are more than " + MOST_ROWS
                                + " rows"));
        Instant since = repository.first(run, topicId).order().submitted().minus(SLACK);
        try (TopicFold fold = folds.apply(topicId, since)) {
            return judged(source, view, keys, fold);
        }
    }

    private Completeness judged(SnapshotSource source, TableView view, KeySet keys, TopicFold fold)
            throws CannotTellException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean nudged = false;
        while (true) {
            // asked before the topic is read to its end, so that the end is behind the view if the answer is yes
            boolean passed = databases.hasPassed(source, view.position());
            fold.further(view, keys);
            Completeness found = new Completeness(view.rows(), keys.held(), clock.instant());
            if (found.complete()) {
                return found;
            }
            if (passed || fold.hasPassedTheView()) {
                if (fold.isCut()) {
                    throw new CannotTellException(
                            "records of the run's time may be gone from the topic, by retention or compaction");
                }
                return found;
            }
            if (closed || System.nanoTime() > end) {
                throw new CannotTellException("the stream has not caught up yet");
            }
            if (!nudged) {
                databases.nudge(source);
                nudged = true;
            }
            closing.await(() -> closed, LOOK);
        }
    }

    @Override
    public void close() {
        closed = true;
        closing.happened();
    }
}
