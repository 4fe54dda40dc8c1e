package io.millrace.snapshot;

import io.millrace.database.EstimateKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what topics have to read, beside the run: an estimate makes way for the number of rows in the very range that
 * the task goes through, where the database can count them in time. Each topic is tried once in a process.
 */
final class RowCounts {
    private static final Logger LOG = LoggerFactory.getLogger(RowCounts.class);

    /** How long one count may take. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final SnapshotRepository repository;
    private final SnapshotSources sources;
    private final SourceDatabases databases;
    private final Executor thread;
    private final Set<String> tried = ConcurrentHashMap.newKeySet();

    /**
     * Makes one that counts nothing before {@link #look}.
     *
     * @param thread counts one topic after the other
     */
    RowCounts(SnapshotRepository repository, SnapshotSources sources, SourceDatabases databases, Executor thread) {
        this.repository = repository;
        this.sources = sources;
        this.databases = databases;
        this.thread = thread;
    }

    /** Begins to count what can be counted by now. Called about once a second. */
    void look() {
        Set<String> present = new HashSet<>();
        for (String source : repository.active()) {
            repository.newest(source).filter(Run::isActive).ifPresent(run -> run.topics()
                    .forEach(topic -> {
                        String key = run.id() + "/" + topic.topic().id();
                        present.add(key);
                        if (isDue(run, topic) && tried.add(key)) {
                            thread.execute(() -> count(run, topic));
                        }
                    }));
        }
        tried.retainAll(present);
    }

    private static boolean isDue(Run run, RunTopic topic) {
        boolean looked = run.order().blocking()
                || topic.looked().greatestKey().isPresent()
                || topic.looked().marker().isPresent();
        return topic.goesOn()
                && topic.state().started().isPresent()
                && looked
                && topic.estimate()
                        .filter(estimate -> estimate.kind() == EstimateKind.EXACT)
                        .isEmpty();
    }

    private void count(Run run, RunTopic topic) {
        try {
            Optional<Long> rows = sources.find(run.sourceId())
                    .flatMap(source -> databases.count(source, topic.topic(), topic.range(run.order()), LIMIT));
            rows.ifPresent(counted -> repository.change(run.sourceId(), runs -> {
                runs.find(run.id())
                        .ifPresent(before ->
                                runs.update(before, before.counted(topic.topic().id(), counted)));
                return counted;
            }));
        } catch (RuntimeException e) {
            LOG.info("The rows of {} stay estimated: {}", topic.topic().name(), String.valueOf(e.getMessage()));
        }
    }
}
