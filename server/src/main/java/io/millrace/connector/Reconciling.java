package io.millrace.connector;

import io.millrace.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the reconciler work: at once after a change, and often, because Connect does not announce anything. */
final class Reconciling implements Settling, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciling.class);
    private static final long EVERY_MILLIS = 250;
    private static final Duration AWAIT_AT_MOST = Duration.ofSeconds(30);
    private static final Duration BROKEN_AFTER = Duration.ofSeconds(3);

    /** How old the look at the store may be, for the sake of other servers on the same store. */
    private static final Duration STALE_AFTER = Duration.ofSeconds(5);

    private final Store store;
    private final ConnectorRepository connectors;
    private final Healths healths;
    private final Leftovers leftovers;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile Optional<Runnable> poke = Optional.empty();
    private Optional<ScheduledFuture<?>> running = Optional.empty();
    private volatile boolean dirty = true;
    private boolean failing;
    private long moves;
    private Map<ConnectorId, Course> courses = Map.of();
    private Instant read = Instant.EPOCH;

    Reconciling(Store store, ConnectorRepository connectors, Healths healths, Leftovers leftovers, Clock clock) {
        this.store = store;
        this.connectors = connectors;
        this.healths = healths;
        this.leftovers = leftovers;
        this.clock = clock;
    }

    /** Begins: compares on one thread, and clears up leftovers on others. */
    void begin(Reconciler reconciler, ScheduledExecutorService thread, Executor others) {
        healths.remember(store.read(connectors::notices));
        Runnable pass = () -> pass(reconciler, others);
        poke = Optional.of(() -> thread.execute(pass));
        running = Optional.of(thread.scheduleWithFixedDelay(pass, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Override
    public void changed() {
        dirty = true;
        poke.ifPresent(Runnable::run);
    }

    @Override
    public void await(ConnectorId id) {
        long begun = System.nanoTime();
        Optional<Instant> brokenSince = Optional.empty();
        while (System.nanoTime() - begun < AWAIT_AT_MOST.toNanos()) {
            Optional<Course> course = store.read(handle -> connectors.course(handle, id));
            Optional<Health.State> state =
                    course.map(present -> healths.look().of(id, present).state());
            boolean broken = state.equals(Optional.of(Health.State.BROKEN));
            brokenSince = broken ? brokenSince.or(() -> Optional.of(clock.instant())) : Optional.empty();
            boolean forGood = brokenSince
                    .filter(since -> healths.isTroubled(id) || clock.instant().isAfter(since.plus(BROKEN_AFTER)))
                    .isPresent();
            if (course.isEmpty() ? leftovers.areTried(id) : forGood || isThere(healths.forNow(course.get()), state)) {
                return;
            }
            if (!sleepUntilMoved()) {
                return;
            }
        }
    }

    @Override
    public void close() {
        running.ifPresent(task -> task.cancel(false));
    }

    private static boolean isThere(Course course, Optional<Health.State> state) {
        return !course.deleted()
                && !course.pending()
                && state.map(Health.State::label)
                        .filter(course.desired().label()::equals)
                        .isPresent();
    }

    private void pass(Reconciler reconciler, Executor others) {
        try {
            Instant now = clock.instant();
            if (dirty || now.isAfter(read.plus(STALE_AFTER))) {
                dirty = false;
                courses = latest();
                leftovers.read();
                read = now;
            }
            reconciler.pass(courses, this::latest, this::stepDone);
            leftovers.pass(others, this::stepDone);
            failing = false;
        } catch (RuntimeException e) {
            // The next pass finds the same differences again; one line for all that fail in a row is enough.
            if (!failing) {
                LOG.error("Connectors cannot be compared with what runs; tried again until they can", e);
            }
            failing = true;
            dirty = true;
        }
        announce();
    }

    private Map<ConnectorId, Course> latest() {
        return store.read(connectors::courses);
    }

    private void stepDone() {
        dirty = true;
        announce();
    }

    private void announce() {
        lock.lock();
        try {
            moves++;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns after the next move or a short while; false when the thread is to end. */
    private boolean sleepUntilMoved() {
        lock.lock();
        try {
            long seen = moves;
            long left = TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS);
            while (moves == seen && left > 0) {
                left = moved.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
