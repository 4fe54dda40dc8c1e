package io.millrace.metric;

import io.millrace.connector.Health;
import io.millrace.connector.Kind;
import io.millrace.connector.Standing;
import io.millrace.database.LogRetention;
import io.millrace.source.SourceId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the databases of sources every minute how much log they keep, a few at a time, so that one that is slow holds up no
 * other. What is known of one that does not answer is forgotten.
 */
final class Retentions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retentions.class);
    private static final int AT_A_TIME = 4;
    private static final Set<Health.State> NOTHING_THERE =
            EnumSet.of(Health.State.PENDING, Health.State.PENDING_DELETE);

    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService asking = Executors.newFixedThreadPool(AT_A_TIME);
    private final Map<Entity, Seen> seen = new ConcurrentHashMap<>();
    private final Set<Entity> asked = ConcurrentHashMap.newKeySet();
    private final Supplier<List<Standing>> sources;
    private final Measuring.Retention retention;
    private final Clock clock;
    private Optional<Future<?>> looks = Optional.empty();

    Retentions(Supplier<List<Standing>> sources, Measuring.Retention retention, Clock clock) {
        this.sources = sources;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * What a database said, and when.
     *
     * @param bytesPerSecond how fast its log grew since the time before
     */
    record Seen(Instant at, LogRetention retention, Optional<Double> bytesPerSecond) {
        /** Returns what is said now, with how fast the log grew since. */
        Seen then(Instant now, LogRetention next) {
            double seconds = Duration.between(at, now).toMillis() / 1000.0;
            long grown = next.position() - retention.position();
            return new Seen(now, next, seconds > 0 && grown >= 0 ? Optional.of(grown / seconds) : Optional.empty());
        }

        /** Returns the seconds until the database gives up what it keeps, at that pace; empty where it never does. */
        Optional<Long> secondsLeft() {
            return retention
                    .retainableBytes()
                    .flatMap(left -> bytesPerSecond.filter(pace -> pace > 0).map(pace -> (long) (left / pace)));
        }
    }

    void begin() {
        looks = Optional.of(looking.scheduleWithFixedDelay(this::look, 5, 60, TimeUnit.SECONDS));
    }

    /** Has every database asked that is not being asked still. */
    private void look() {
        try {
            List<Standing> all = sources.get().stream()
                    .filter(source -> source.id().kind() == Kind.SOURCE)
                    .filter(source -> !NOTHING_THERE.contains(source.health().state()))
                    .toList();
            seen.keySet()
                    .retainAll(
                            all.stream().map(source -> Entity.of(source.id())).toList());
            for (Standing source : all) {
                if (asked.add(Entity.of(source.id()))) {
                    asking.execute(() -> ask(source));
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("The databases could not be asked how much log they keep; they are in a minute", e);
        }
    }

    private void ask(Standing source) {
        Entity entity = Entity.of(source.id());
        try {
            retention
                    .of(new SourceId(source.id().value()))
                    .ifPresentOrElse(found -> saw(entity, found), () -> seen.remove(entity));
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The database of source {} does not tell how much log it keeps", source.id(), e);
            seen.remove(entity);
        } finally {
            asked.remove(entity);
        }
    }

    private void saw(Entity source, LogRetention found) {
        Instant now = clock.instant();
        seen.merge(source, new Seen(now, found, Optional.empty()), (before, first) -> before.then(now, found));
    }

    /** Returns what is known, by source. */
    Map<Entity, Seen> seen() {
        return Map.copyOf(seen);
    }

    @Override
    public void close() {
        looks.ifPresent(look -> look.cancel(false));
        looking.shutdown();
        asking.shutdownNow();
    }
}
