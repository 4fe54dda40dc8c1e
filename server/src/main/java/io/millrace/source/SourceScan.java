package io.millrace.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Finds the ids of the sources that a list call wants, in order, by what the store alone knows of them. */
final class SourceScan {
    private final StringBuilder where =
            new StringBuilder("from source where tenant_id = :tenant and service_id = :service and deleted = 0");
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();
    private final SourceFilter filter;

    /** A source as far as lists need it. */
    record Found(SourceId id, Course course) {}

    SourceScan(String tenantId, String serviceId, SourceFilter filter) {
        this.filter = filter;
        values.put("tenant", tenantId);
        values.put("service", serviceId);
        filter.id().filter(id -> !id.isEmpty()).ifPresent(id -> with(" and id = :id", "id", id));
        filter.partialName()
                .filter(part -> !part.isEmpty())
                .ifPresent(part -> with(" and name_lower like :part escape '!'", "part", pattern(part)));
        if (!filter.connectors().isEmpty()) {
            where.append(" and connector in (<connectors>)");
            lists.put("connectors", filter.connectors());
        }
        tags(filter.tags(), filter.tagFilterOperation());
    }

    /** Returns how many there are. */
    long count(Handle handle) {
        return bind(handle.createQuery("select count(*) " + where))
                .mapTo(Long.class)
                .one();
    }

    /** Returns those of the page. */
    List<Found> page(Handle handle) {
        return found(bind(handle.createQuery(select() + " limit :limit offset :offset"))
                .bind("limit", filter.page().pageSize())
                .bind("offset", filter.page().offset()));
    }

    /** Returns all. */
    List<Found> all(Handle handle) {
        return found(bind(handle.createQuery(select())));
    }

    private String select() {
        String direction =
                switch (filter.page().sortDir()) {
                    case ASC -> " asc, ";
                    case DESC -> " desc, ";
                };
        String first =
                column(filter.page().sort()).map(column -> column + direction).orElse("");
        return "select id, desired, revision, applied, resets, resets_done, deleted " + where + " order by " + first
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

    private void tags(List<String> tags, SourceFilter.TagOperation operation) {
        if (tags.isEmpty()) {
            return;
        }
        if (operation == SourceFilter.TagOperation.OR) {
            where.append(
                    " and exists (select 1 from source_tag t where t.source_id = source.id and t.tag_id in (<tags>))");
        } else {
            where.append(" and (select count(distinct t.tag_id) from source_tag t"
                    + " where t.source_id = source.id and t.tag_id in (<tags>)) = :tagCount");
            values.put("tagCount", tags.stream().distinct().count());
        }
        lists.put("tags", tags);
    }

    private void with(String condition, String name, Object value) {
        where.append(condition);
        values.put(name, value);
    }

    /** Returns the pattern of LIKE, with escape {@code !}, for a part of a lower-case text. */
    static String pattern(String part) {
        return "%"
                + part.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_") + "%";
    }

    private Query bind(Query query) {
        lists.forEach(query::bindList);
        return query.bindMap(values);
    }

    private static List<Found> found(Query query) {
        List<Found> found = new ArrayList<>();
        query.map((row, context) -> new Found(new SourceId(row.getString("id")), SourceRepository.course(row)))
                .forEach(found::add);
        return found;
    }
}
