package io.millrace.metric;

import io.millrace.metric.TimeQuery.Buckets;
import io.millrace.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Answers what was measured, from the store alone. Thread-safe. */
public final class Figures {
    private final Rings rings;
    private final Clock clock;

    public Figures(Store store, Clock clock) {
        rings = new Rings(store);
        this.clock = clock;
    }

    /** Returns the newest figures of those of the entities that were measured. */
    public Map<Entity, Latest> latest(Collection<Entity> entities) {
        return rings.latest(entities);
    }

    /** Returns figures of one entity. */
    public Answer of(Entity entity, List<Reported> wanted, TimeQuery query) {
        Map<String, Reported.Metadata> metadata = new LinkedHashMap<>();
        wanted.forEach(figure -> metadata.put(figure.name(), figure.metadata()));
        return new Answer(of(List.of(entity), wanted, query).get(entity), metadata);
    }

    /** Returns figures of entities: a value or a series by the name of each figure. */
    public Map<Entity, Map<String, Object>> of(Collection<Entity> entities, List<Reported> wanted, TimeQuery query) {
        Map<Entity, Latest> latest = rings.latest(entities);
        if (query.form() == TimeQuery.Form.LATEST) {
            Map<Entity, Map<String, Object>> values = new HashMap<>();
            entities.forEach(entity -> values.put(entity, newest(Optional.ofNullable(latest.get(entity)), wanted)));
            return values;
        }
        Instant now = clock.instant();
        Buckets buckets = query.buckets(now, TimeQuery.Unit.HOUR);
        Map<Entity, NavigableMap<Instant, Tally>> read =
                rings.read(buckets.resolution(), entities, buckets.starts().get(0), now);
        Map<Entity, Map<String, Object>> series = new HashMap<>();
        entities.forEach(entity -> {
            NavigableMap<Instant, Tally> stretches = read.getOrDefault(entity, new TreeMap<>());
            Tally totals =
                    Optional.ofNullable(latest.get(entity)).map(Latest::figures).orElseGet(Tally::new);
            series.put(entity, series(stretches, buckets, totals, wanted, query.form()));
        });
        return series;
    }

    /** Returns what was measured of an entity in each of the buckets, also in those in which nothing was. */
    public List<Tally> tallies(Entity entity, Buckets buckets) {
        return folded(
                rings.read(
                                buckets.resolution(),
                                List.of(entity),
                                buckets.starts().get(0),
                                buckets.end())
                        .getOrDefault(entity, new TreeMap<>()),
                buckets);
    }

    /** Returns what was measured of each of the entities in a range of time; those of which nothing was are left out. */
    public Map<Entity, Tally> sums(Collection<Entity> entities, TimeQuery.Range range) {
        Buckets buckets = range.summary().buckets(clock.instant(), TimeQuery.Unit.HOUR);
        Map<Entity, Tally> sums = new HashMap<>();
        rings.read(buckets.resolution(), entities, buckets.starts().get(0), buckets.end())
                .forEach((entity, stretches) -> {
                    Tally sum = new Tally();
                    stretches.values().forEach(sum::addAll);
                    sums.put(entity, sum);
                });
        return sums;
    }

    /** Returns what was measured of entities in the running hour. */
    public Map<Entity, Tally> lastHour(Collection<Entity> entities) {
        Instant now = clock.instant();
        Map<Entity, Tally> hour = new HashMap<>();
        rings.read(Resolution.HOUR, entities, now, now)
                .forEach((entity, stretches) -> stretches.values().forEach(tally -> hour.put(entity, tally)));
        return hour;
    }

    private static Map<String, Object> newest(Optional<Latest> latest, List<Reported> wanted) {
        Map<String, Object> values = new LinkedHashMap<>();
        Tally figures = latest.map(Latest::figures).orElseGet(Tally::new);
        wanted.forEach(figure -> values.put(figure.name(), figures.reading(figure)));
        return values;
    }

    private static Map<String, Object> series(
            NavigableMap<Instant, Tally> stretches,
            Buckets buckets,
            Tally totals,
            List<Reported> wanted,
            TimeQuery.Form form) {
        List<Tally> folded = folded(stretches, buckets);
        List<Tally> standing =
                form == TimeQuery.Form.TIMESERIES ? standing(folded, stretches, buckets, totals) : folded;
        Map<String, Object> series = new LinkedHashMap<>();
        for (Reported figure : wanted) {
            List<Answer.Point> points = new ArrayList<>();
            for (int i = 0; i < folded.size(); i++) {
                Instant at = buckets.starts().get(i);
                (figure.counts() ? standing : folded)
                        .get(i)
                        .reading(figure)
                        .ifPresent(value -> points.add(Answer.Point.of(at, value)));
            }
            series.put(figure.name(), points);
        }
        return series;
    }

    private static List<Tally> folded(NavigableMap<Instant, Tally> stretches, Buckets buckets) {
        List<Tally> folded = new ArrayList<>();
        for (int i = 0; i < buckets.starts().size(); i++) {
            Tally bucket = new Tally();
            stretches.subMap(buckets.starts().get(i), buckets.end(i)).values().forEach(bucket::addAll);
            folded.add(bucket);
        }
        return folded;
    }

    /** Returns the counts as they stood at the end of each bucket: those of now, less what came later. */
    private static List<Tally> standing(
            List<Tally> folded, NavigableMap<Instant, Tally> stretches, Buckets buckets, Tally totals) {
        Tally behind = new Tally();
        stretches.tailMap(buckets.end()).values().forEach(behind::addAll);
        List<Tally> standing = new ArrayList<>();
        Tally stood = totals.less(behind);
        for (int i = folded.size() - 1; i >= 0; i--) {
            standing.add(0, stood);
            stood = stood.less(folded.get(i));
        }
        return standing;
    }
}
