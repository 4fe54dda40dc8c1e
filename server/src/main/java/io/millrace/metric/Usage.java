package io.millrace.metric;

import io.millrace.http.Caller;
import io.millrace.http.SortDirection;
import io.millrace.store.Criteria;
import io.millrace.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What connectors and pipelines of a service took and brought, by days: added up, sorted and cut by the store. Thread-safe. */
public final class Usage {
    private final Store store;

    public Usage(Store store) {
        this.store = store;
    }

    /**
     * Which entities are counted.
     *
     * @param kind sources, destinations or pipelines
     */
    public record Wanted(String kind, Optional<String> id, List<String> connectors, Optional<String> partialName) {
        public Wanted {
            connectors = List.copyOf(connectors);
        }
    }

    /**
     * What one entity took or brought; it may be no more.
     *
     * @param bytes of a source compressed, as they are kept in Kafka; of others as they are read from there, uncompressed
     */
    public record Used(
            String id,
            String name,
            Optional<String> connector,
            String kind,
            long records,
            long bytes,
            long snapshotRecords) {}

    /** A day of an entity. */
    public record Day(LocalDate day, Used used) {}

    /** Returns how many entities there are of which anything is known. */
    public long count(Caller caller, Wanted wanted) {
        Criteria criteria = criteria("from measured_entity e where 1 = 1", caller, wanted);
        return store.read(handle -> criteria.bind(handle.createQuery("select count(*) " + criteria))
                .mapTo(Long.class)
                .one());
    }

    /** Returns what entities used from a day on, by bytes. */
    public List<Used> byEntity(
            Caller caller, Wanted wanted, Instant from, SortDirection direction, long offset, int limit) {
        Criteria criteria = criteria(
                "from measured_entity e left join metric_point p on p.entity = e.entity and p.resolution = 'DAY'"
                        + " and p.number >= " + Resolution.DAY.number(from) + " where 1 = 1",
                caller,
                wanted);
        String order = direction == SortDirection.DESC ? " desc" : " asc";
        return store.read(handle -> criteria.bind(handle.createQuery("select " + columns("sum(", ")") + " " + criteria
                        + " group by e.id, e.name, e.connector, e.kind order by bytes" + order
                        + ", e.id limit :limit offset :offset"))
                .bind("limit", limit)
                .bind("offset", offset)
                .map((row, context) -> used(row))
                .list());
    }

    /** Hands over all days with figures between two moments, in order, one by one. */
    public void days(Caller caller, Wanted wanted, Instant from, Instant to, Consumer<Day> each) {
        Criteria criteria = criteria(
                "from measured_entity e join metric_point p on p.entity = e.entity where p.resolution = 'DAY'"
                        + " and p.number between " + Resolution.DAY.number(from) + " and " + Resolution.DAY.number(to),
                caller,
                wanted);
        store.<Boolean, RuntimeException>read(handle -> {
            criteria.bind(handle.createQuery("select p.number, " + columns("", "") + " " + criteria
                            + " order by e.name_lower, e.id, p.number"))
                    .map((row, context) -> new Day(LocalDate.ofEpochDay(row.getLong("number")), used(row)))
                    .forEach(each);
            return true;
        });
    }

    private static String columns(String before, String after) {
        return "e.id, e.name, e.connector, e.kind, coalesce(" + before + "p.records" + after
                + ", 0) as records, coalesce("
                + before + "p.bytes" + after + ", 0) as bytes, coalesce(" + before + "p.snapshot_records" + after
                + ", 0) as snapshot_records";
    }

    private static Criteria criteria(String fromWhere, Caller caller, Wanted wanted) {
        return new Criteria(fromWhere)
                .equal("e.tenant_id", caller.tenantId())
                .equal("e.service_id", caller.serviceId())
                .equal("e.kind", wanted.kind())
                .equal("e.id", wanted.id())
                .in("e.connector", wanted.connectors())
                .part("e.name_lower", wanted.partialName());
    }

    private static Used used(ResultSet row) throws SQLException {
        return new Used(
                row.getString("id"),
                row.getString("name"),
                Optional.ofNullable(row.getString("connector")),
                row.getString("kind"),
                row.getLong("records"),
                row.getLong("bytes"),
                row.getLong("snapshot_records"));
    }
}
