package io.millrace.connector;

import io.millrace.database.ConnectionFailedException;
import io.millrace.engine.ConnectCluster;
import io.millrace.engine.ConnectorName;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what runs equal to what is wanted. {@link #pass} compares all connectors of a kind with one look at Connect, from memory, and
 * hands those that differ to other threads, each connector to one at a time; so a database that does not answer holds up its
 * own connector only. One thread calls {@code pass}, again and again.
 */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration INSPECT_EVERY = Duration.ofSeconds(30);

    private final Kind kind;
    private final ConnectorSteps steps;
    private final ConnectCluster connect;
    private final Healths healths;
    private final Executor threads;
    private final Clock clock;
    private final Set<ConnectorId> busy = ConcurrentHashMap.newKeySet();
    private final Set<ConnectorId> aligned = ConcurrentHashMap.newKeySet();
    private final Set<ConnectorId> held = ConcurrentHashMap.newKeySet();
    private final Map<ConnectorId, Pace> paces = new ConcurrentHashMap<>();

    Reconciler(
            Kind kind, ConnectorSteps steps, ConnectCluster connect, Healths healths, Executor threads, Clock clock) {
        this.kind = kind;
        this.steps = steps;
        this.connect = connect;
        this.healths = healths;
        this.threads = threads;
        this.clock = clock;
    }

    /**
     * Takes every connector that is not where it should be one step further.
     *
     * @param courses all connectors
     * @param latest reads them again, for what must not be decided on an old look
     * @param done run after each step
     */
    void pass(Map<ConnectorId, Course> courses, Supplier<Map<ConnectorId, Course>> latest, Runnable done) {
        Set<ConnectorName> existing = connect.connectors();
        Healths.Look look = healths.look();
        Instant now = clock.instant();
        courses.forEach((id, wanted) -> {
            Course course = healths.forNow(wanted);
            if (course.equals(wanted) ? held.remove(id) : held.add(id)) {
                paces.remove(id); // what fills a disk does not wait for its turn
            }
            next(id, course, look, existing.contains(id.connectorName()), now)
                    .ifPresentOrElse(step -> take(id, course, step, now, done), () -> rest(id, now));
        });
        paces.keySet().retainAll(courses.keySet());
        aligned.retainAll(courses.keySet());
        held.retainAll(courses.keySet());
        removeOrphans(existing, courses, latest);
    }

    private Optional<ConnectorSteps.Step> next(
            ConnectorId id, Course course, Healths.Look look, boolean exists, Instant now) {
        if (course.deleted()) {
            return Optional.of(steps::remove);
        }
        if (course.desired() instanceof DesiredState.Pending) {
            return exists || course.pending() ? Optional.of(this::apply) : Optional.empty();
        }
        if (course.resetsDone() < course.resets()) {
            return Optional.of(steps::reset);
        }
        if (course.pending() || !exists) {
            return Optional.of(this::apply);
        }
        if (!aligned.contains(id)) {
            return Optional.of(this::align);
        }
        Optional<Health.State> reported = look.reported(id);
        boolean active = course.desired() instanceof DesiredState.Active;
        if (active && reported.equals(Optional.of(Health.State.BROKEN))) {
            return Optional.of(steps::revive);
        }
        if (look.isElsewhere(id, course)) {
            return Optional.of(steps::settle);
        }
        boolean inspect =
                active && healths.lacksSomething(id) && rested(id, now).compareTo(INSPECT_EVERY) > 0;
        return inspect ? Optional.of(steps::inspect) : Optional.empty();
    }

    /** Done once after each start: settings of the platform may have changed, or the platform itself. */
    private void align(ConnectorId id) {
        steps.align(id);
        aligned.add(id);
    }

    private void apply(ConnectorId id) throws SQLException {
        steps.apply(id);
        aligned.add(id);
    }

    private void take(ConnectorId id, Course course, ConnectorSteps.Step step, Instant now, Runnable done) {
        Pace pace = paces.getOrDefault(id, Pace.FRESH);
        if (!pace.allows(course.revision(), now) || !busy.add(id)) {
            return;
        }
        paces.put(id, pace.attempted(course.revision(), now));
        threads.execute(() -> {
            try {
                step.take(id);
                healths.recovered(id);
            } catch (SQLException | RuntimeException e) {
                if (healths.met(id, Trouble.of(words(e), e, course.revision()))) {
                    LOG.info(
                            "{} {} is not where it should be and will be tried again: {}",
                            id.kind().title(),
                            id,
                            words(e));
                }
                LOG.debug("{} {}", id.kind().title(), id, e);
            } finally {
                busy.remove(id);
                done.run();
            }
        });
    }

    /** A connector that has been well for a while starts from the shortest wait again. */
    private void rest(ConnectorId id, Instant now) {
        if (!healths.lacksSomething(id) && rested(id, now).compareTo(Pace.FORGOTTEN_AFTER) > 0) {
            paces.remove(id);
        }
    }

    private Duration rested(ConnectorId id, Instant now) {
        return Duration.between(paces.getOrDefault(id, Pace.FRESH).next(), now);
    }

    /** Removes connectors that the store does not know, as after it was put back to an older state. */
    private void removeOrphans(
            Set<ConnectorName> existing, Map<ConnectorId, Course> courses, Supplier<Map<ConnectorId, Course>> latest) {
        if (existing.stream().flatMap(this::ours).allMatch(courses::containsKey)) {
            return;
        }
        Map<ConnectorId, Course> known = latest.get();
        existing.stream()
                .flatMap(this::ours)
                .filter(id -> !known.containsKey(id))
                .forEach(id -> {
                    LOG.warn("Connector {} belongs to no {} and is removed", id.connectorName(), kind.noun());
                    connect.delete(id.connectorName());
                });
    }

    private Stream<ConnectorId> ours(ConnectorName name) {
        return ConnectorId.of(kind, name).stream();
    }

    private static String words(Exception e) {
        return e instanceof ConnectionFailedException unreachable
                ? unreachable.getMessage() + " " + unreachable.hint()
                : Reasons.of(e);
    }
}
