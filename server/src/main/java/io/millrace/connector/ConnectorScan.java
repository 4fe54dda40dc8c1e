package io.millrace.connector;

import io.millrace.http.Caller;
import io.millrace.http.SortDirection;
import io.millrace.http.shape.CsvOrList;
import io.millrace.store.Criteria;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Finds the ids of the connectors that a list call wants, in order, by what the store alone knows of them. */
final class ConnectorScan {
    private final Kind kind;
    private final ConnectorFilter filter;
    private final Criteria criteria;

    /** A connector as far as lists need it. */
    record Found(ConnectorId id, Course course) {}

    ConnectorScan(Kind kind, Caller caller, ConnectorFilter filter) {
        this.kind = kind;
        this.filter = filter;
        criteria = new Criteria("from connector where deleted = 0")
                .equal("kind", kind.noun())
                .equal("tenant_id", caller.tenantId())
                .equal("service_id", caller.serviceId())
                .equal("id", filter.id())
                .part("name_lower", filter.partialName())
                .in("connector", values(filter.connector()))
                .tags(
                        "connector_tag",
                        "connector_id",
                        "connector.id",
                        values(filter.tagIds()),
                        filter.tagFilterOperation() == ConnectorFilter.TagOperation.AND);
    }

    /** Returns how many there are. */
    long count(Handle handle) {
        return criteria.bind(handle.createQuery("select count(*) " + criteria))
                .mapTo(Long.class)
                .one();
    }

    /** Returns those of the page. */
    List<Found> page(Handle handle) {
        return found(criteria.bind(handle.createQuery(select() + " limit :limit offset :offset"))
                .bind("limit", filter.page().pageSize())
                .bind("offset", filter.page().offset()));
    }

    /** Returns all. */
    List<Found> all(Handle handle) {
        return found(criteria.bind(handle.createQuery(select())));
    }

    private String select() {
        String direction = filter.page().sortDir() == SortDirection.DESC ? " desc, " : " asc, ";
        String first =
                column(filter.page().sort()).map(column -> column + direction).orElse("");
        return "select id, desired, revision, applied, resets, resets_done, deleted " + criteria + " order by " + first
                + "created_at, id";
    }

    private static Optional<String> column(Optional<String> sort) {
        return switch (sort.orElse("")) {
            case "name" -> Optional.of("name_lower");
            case "connector" -> Optional.of("connector");
            case "created_at", "created_timestamp" -> Optional.of("created_at");
            case "id" -> Optional.of("id");
            default -> Optional.empty();
        };
    }

    private static List<String> values(Optional<CsvOrList> list) {
        return list.map(CsvOrList::values).orElse(List.of());
    }

    private List<Found> found(Query query) {
        List<Found> found = new ArrayList<>();
        query.map((row, context) ->
                        new Found(new ConnectorId(kind, row.getString("id")), ConnectorRepository.course(row)))
                .forEach(found::add);
        return found;
    }
}
