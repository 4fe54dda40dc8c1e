package io.millrace.metric;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Rows of stretches of time. Every method works in the transaction of the handle it is given. */
final class PointRepository {
    /** Writes one stretch of many entities, over what there was of it. */
    void put(Handle handle, Resolution resolution, long number, Map<Entity, Tally> tallies) {
        if (tallies.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                """
                insert into metric_point (entity, resolution, slot, number, records, bytes, snapshot_records, figures)
                values (:entity, :resolution, :slot, :number, :records, :bytes, :snapshotRecords, :figures)
                on conflict (entity, resolution, slot) do update set number = excluded.number,
                    records = excluded.records, bytes = excluded.bytes,
                    snapshot_records = excluded.snapshot_records, figures = excluded.figures
                """);
        tallies.forEach((entity, tally) -> batch.bind("entity", entity.key())
                .bind("resolution", resolution.name())
                .bind("slot", resolution.slot(number))
                .bind("number", number)
                .bind("records", tally.count(Metric.RECORDS_IN) + tally.count(Metric.RECORDS_OUT))
                .bind("bytes", tally.count(Metric.BYTES_IN) + tally.count(Metric.BYTES_OUT))
                .bind("snapshotRecords", tally.count(Metric.SNAPSHOT_RECORDS))
                .bind("figures", tally.toJson())
                .add());
        batch.execute();
    }

    /** Returns the stretches of entities by their numbers, both ends included, in order. */
    Map<Entity, NavigableMap<Long, Tally>> read(
            Handle handle, Resolution resolution, Collection<Entity> entities, long from, long to) {
        if (entities.isEmpty()) {
            return Map.of();
        }
        return read(handle.createQuery(
                        """
                        select entity, number, figures from metric_point
                        where entity in (<entities>) and resolution = :resolution and number between :from and :to
                        """)
                .bindList("entities", entities.stream().map(Entity::key).toList())
                .bind("resolution", resolution.name())
                .bind("from", from)
                .bind("to", to));
    }

    /** Returns the stretches of all entities from a number on. */
    Map<Entity, NavigableMap<Long, Tally>> since(Handle handle, Resolution resolution, long from) {
        return read(handle.createQuery("select entity, number, figures from metric_point"
                        + " where resolution = :resolution and number >= :from")
                .bind("resolution", resolution.name())
                .bind("from", from));
    }

    private static Map<Entity, NavigableMap<Long, Tally>> read(Query query) {
        Map<Entity, NavigableMap<Long, Tally>> found = new HashMap<>();
        query.map((row, context) ->
                        Map.entry(new Entity(row.getString(1)), Map.entry(row.getLong(2), row.getString(3))))
                .forEach(row -> found.computeIfAbsent(row.getKey(), entity -> new TreeMap<>())
                        .put(
                                row.getValue().getKey(),
                                Tally.ofJson(row.getValue().getValue())));
        return found;
    }

    /** Removes what is older than its ring is long, of entities too that have nothing to put in its place. */
    void expire(Handle handle, Instant now) {
        for (Resolution resolution : Resolution.values()) {
            handle.execute(
                    "delete from metric_point where resolution = ? and number < ?",
                    resolution.name(),
                    resolution.oldest(now));
        }
    }

    /** Removes the short stretches of entities that are no more; days stay, for what is counted by them. */
    void forget(Handle handle, List<Entity> gone) {
        if (!gone.isEmpty()) {
            handle.createUpdate("delete from metric_point where entity in (<entities>) and resolution <> 'DAY'")
                    .bindList("entities", gone.stream().map(Entity::key).toList())
                    .execute();
        }
    }
}
