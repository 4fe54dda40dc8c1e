package io.millrace.metric;

import io.millrace.store.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Rows of newest figures. Every method works in the transaction of the handle it is given. */
final class LatestRepository {
    void put(Handle handle, Map<Entity, Latest> latest) {
        if (latest.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                """
                insert into metric_latest (entity, measured_at, records_in, bytes_in, records_out, bytes_out, errors, lag,
                    delay_ms, last_record_at, figures)
                values (:entity, :at, :recordsIn, :bytesIn, :recordsOut, :bytesOut, :errors, :lag, :delay, :lastRecord,
                    :figures)
                on conflict (entity) do update set measured_at = excluded.measured_at,
                    records_in = excluded.records_in, bytes_in = excluded.bytes_in, records_out = excluded.records_out,
                    bytes_out = excluded.bytes_out, errors = excluded.errors, lag = excluded.lag,
                    delay_ms = excluded.delay_ms, last_record_at = excluded.last_record_at, figures = excluded.figures
                """);
        latest.forEach((entity, now) -> batch.bind("entity", entity.key())
                .bind("at", now.measuredAt())
                .bind("recordsIn", now.figures().count(Metric.RECORDS_IN))
                .bind("bytesIn", now.figures().count(Metric.BYTES_IN))
                .bind("recordsOut", now.figures().count(Metric.RECORDS_OUT))
                .bind("bytesOut", now.figures().count(Metric.BYTES_OUT))
                .bind("errors", now.figures().count(Metric.ERRORS))
                .bind("lag", boxed(now.figures().value(Metric.LAG)))
                .bind(
                        "delay",
                        now.delayMs().isPresent() ? Optional.of(now.delayMs().getAsDouble()) : Optional.empty())
                .bind("lastRecord", now.lastRecordAt().map(Times::toColumn))
                .bind("figures", now.figures().toJson())
                .add());
        batch.execute();
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    /** Returns the newest figures of those of the entities that were measured. */
    Map<Entity, Latest> find(Handle handle, Collection<Entity> entities) {
        return entities.isEmpty()
                ? Map.of()
                : read(handle.createQuery("select * from metric_latest where entity in (<entities>)")
                        .bindList("entities", entities.stream().map(Entity::key).toList()));
    }

    Map<Entity, Latest> all(Handle handle) {
        return read(handle.createQuery("select * from metric_latest"));
    }

    private static Map<Entity, Latest> read(Query query) {
        Map<Entity, Latest> latest = new HashMap<>();
        query.map((row, context) -> Map.entry(new Entity(row.getString("entity")), latest(row)))
                .forEach(entry -> latest.put(entry.getKey(), entry.getValue()));
        return latest;
    }

    private static Latest latest(ResultSet row) throws SQLException {
        double delay = row.getDouble("delay_ms");
        OptionalDouble delayMs = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(delay);
        long lastRecord = row.getLong("last_record_at");
        Optional<Long> lastRecordAt = row.wasNull() ? Optional.empty() : Optional.of(lastRecord);
        return new Latest(
                Times.fromColumn(row.getLong("measured_at")),
                Tally.ofJson(row.getString("figures")),
                delayMs,
                lastRecordAt.map(Times::fromColumn));
    }

    void forget(Handle handle, List<Entity> gone) {
        if (!gone.isEmpty()) {
            handle.createUpdate("delete from metric_latest where entity in (<entities>)")
                    .bindList("entities", gone.stream().map(Entity::key).toList())
                    .execute();
        }
    }
}
