package io.millrace.metric;

import io.millrace.store.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was measured, over time, in the store. One thread adds; what it added is kept for good when {@link #add} returns, and a
 * new process goes on from there. Reading is thread-safe.
 */
public final class Rings {
    private final PointRepository points = new PointRepository();
    private final LatestRepository newest = new LatestRepository();
    private final OwnedRepository owners = new OwnedRepository();
    private final Map<Resolution, Running> running = new EnumMap<>(Resolution.class);
    private final Map<Entity, Latest> latest = new HashMap<>();
    private final Map<Entity, Owned> owned = new HashMap<>();
    private final Store store;
    private Optional<Long> expired = Optional.empty();

    public Rings(Store store) {
        this.store = store;
    }

    /** The stretch that has not ended. */
    private record Running(long number, Map<Entity, Tally> tallies) {}

    /** Goes on from what an earlier process kept. */
    void resume(Instant now) {
        store.read(handle -> {
            latest.putAll(newest.all(handle));
            owned.putAll(owners.all(handle));
            for (Resolution resolution : Resolution.values()) {
                long number = resolution.number(now);
                Map<Entity, Tally> tallies = new HashMap<>();
                points.since(handle, resolution, number)
                        .forEach((entity, stretches) -> Optional.ofNullable(stretches.get(number))
                                .ifPresent(tally -> tallies.put(entity, tally)));
                running.put(resolution, new Running(number, tallies));
            }
            return true;
        });
    }

    /** Returns the newest figures as of the last call of {@link #add}; for the thread that adds. */
    Map<Entity, Latest> latest() {
        return latest;
    }

    /**
     * Adds what was measured since the last call; {@code newestRecords} says when topics were last written to. Nothing is
     * written of topics at which nothing changed, and of others once a minute.
     */
    void add(Instant now, Map<Entity, Tally> found, Map<Entity, Instant> newestRecords) {
        Map<Entity, Tally> measured = news(now, found);
        Map<Resolution, Map<Entity, Tally>> changed = new EnumMap<>(Resolution.class);
        for (Resolution resolution : Resolution.values()) {
            changed.put(resolution, added(resolution, resolution.number(now), measured));
        }
        Map<Entity, Latest> changedLatest = new HashMap<>();
        measured.forEach((entity, tally) -> changedLatest.put(
                entity,
                next(
                        now,
                        Optional.ofNullable(latest.get(entity)),
                        tally,
                        changed.get(Resolution.MINUTE).get(entity),
                        Optional.ofNullable(newestRecords.get(entity)))));
        latest.putAll(changedLatest);
        long day = Resolution.DAY.number(now);
        store.change(handle -> {
            changed.forEach((resolution, tallies) -> points.put(handle, resolution, resolution.number(now), tallies));
            newest.put(handle, changedLatest);
            if (expired.filter(done -> done == day).isEmpty()) {
                points.expire(handle, now);
                owners.expire(handle);
            }
        });
        expired = Optional.of(day);
    }

    private Map<Entity, Tally> news(Instant now, Map<Entity, Tally> found) {
        Optional<Running> minute = Optional.ofNullable(running.get(Resolution.MINUTE))
                .filter(stretch -> stretch.number() == Resolution.MINUTE.number(now));
        Map<Entity, Tally> news = new HashMap<>(found);
        news.entrySet().removeIf(one -> {
            Latest known = latest.get(one.getKey());
            boolean told = one.getKey().isTopic()
                    || minute.filter(stretch -> stretch.tallies().containsKey(one.getKey()))
                            .isPresent();
            return told && known != null && one.getValue().saysNoMoreThan(known.figures());
        });
        return news;
    }

    private Map<Entity, Tally> added(Resolution resolution, long number, Map<Entity, Tally> measured) {
        Running stretch = running.get(resolution);
        if (stretch == null || stretch.number() != number) {
            stretch = new Running(number, new HashMap<>());
            running.put(resolution, stretch);
        }
        Map<Entity, Tally> changed = new HashMap<>();
        for (Map.Entry<Entity, Tally> one : measured.entrySet()) {
            Tally tally = stretch.tallies().computeIfAbsent(one.getKey(), entity -> new Tally());
            tally.addAll(one.getValue());
            changed.put(one.getKey(), tally);
        }
        return changed;
    }

    private static Latest next(
            Instant now, Optional<Latest> before, Tally measured, Tally minute, Optional<Instant> newestRecord) {
        Tally figures = new Tally();
        before.ifPresent(known -> figures.addAll(known.figures()));
        figures.dropMoments();
        figures.addAll(measured);
        if (minute.delay(1).isPresent()) {
            figures.replaceDelays(minute);
        }
        return new Latest(
                now, figures, figures.delay(0.95), newestRecord.or(() -> before.flatMap(Latest::lastRecordAt)));
    }

    /** Notes whose it is that is measured. */
    void own(Map<Entity, Owned> now) {
        Map<Entity, Owned> changed = new HashMap<>(now);
        changed.entrySet().removeIf(one -> one.getValue().equals(owned.get(one.getKey())));
        if (!changed.isEmpty()) {
            store.change(handle -> owners.put(handle, changed));
            owned.putAll(changed);
        }
    }

    /** Forgets entities that are no more, except what their days hold. */
    void keep(Set<Entity> there) {
        Set<Entity> gone = new HashSet<>(latest.keySet());
        gone.removeAll(there);
        if (gone.isEmpty()) {
            return;
        }
        latest.keySet().removeAll(gone);
        owned.keySet().removeAll(gone);
        running.values().forEach(stretch -> stretch.tallies().keySet().removeAll(gone));
        store.change(handle -> {
            points.forget(handle, List.copyOf(gone));
            newest.forget(handle, List.copyOf(gone));
        });
    }

    /** Returns the newest figures of everything that is no topic. */
    Map<Entity, Latest> newest() {
        Map<Entity, Latest> all = store.read(newest::all);
        all.keySet().removeIf(Entity::isTopic);
        return all;
    }

    /** Returns the newest figures of those of the entities that were measured. */
    public Map<Entity, Latest> latest(Collection<Entity> entities) {
        return store.read(handle -> newest.find(handle, entities));
    }

    /** Returns stretches of the entities between two moments, by the moments at which they begin. */
    Map<Entity, NavigableMap<Instant, Tally>> read(
            Resolution resolution, Collection<Entity> entities, Instant from, Instant to) {
        Map<Entity, NavigableMap<Instant, Tally>> byStart = new HashMap<>();
        store.<Map<Entity, NavigableMap<Long, Tally>>, RuntimeException>read(handle ->
                        points.read(handle, resolution, entities, resolution.number(from), resolution.number(to)))
                .forEach((entity, stretches) -> {
                    TreeMap<Instant, Tally> starts = new TreeMap<>();
                    stretches.forEach((number, tally) -> starts.put(resolution.start(number), tally));
                    byStart.put(entity, starts);
                });
        return byStart;
    }
}
