package io.millrace.store;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * What rows of a list have to meet, put together condition by condition; no text of a client reaches SQL unbound. Not
 * thread-safe.
 *
 * <pre>{@code
 * Criteria criteria = new Criteria("from connector where deleted = 0");
 * criteria.equal("connector.id", filter.id());
 * criteria.in("connector.connector", filter.connectors());
 * criteria.bind(handle.createQuery("select count(*) " + criteria))
 * }</pre>
 */
public final class Criteria {
    private final StringBuilder text;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();

    /** Begins with tables and a first condition. */
    public Criteria(String fromWhere) {
        text = new StringBuilder(fromWhere);
    }

    /** Asks for a value in a column. */
    public Criteria equal(String column, String value) {
        text.append(" and ").append(column).append(" = ").append(bound(value));
        return this;
    }

    /** Asks for a value in a column if one is wanted; {@code ""} wants none. */
    public Criteria equal(String column, Optional<String> value) {
        value.filter(wanted -> !wanted.isEmpty()).ifPresent(wanted -> equal(column, wanted));
        return this;
    }

    /** Asks for one of the values in a column, if any are wanted. */
    public Criteria in(String column, List<String> wanted) {
        if (!wanted.isEmpty()) {
            text.append(" and ")
                    .append(column)
                    .append(" in (<")
                    .append(listed(wanted))
                    .append(">)");
        }
        return this;
    }

    /**
     * Asks that a column is in the answer of a query about some values, if any are wanted.
     *
     * @param rows a query that ends with the column that has to have one of the values
     */
    public Criteria inRows(String column, String rows, List<String> wanted) {
        if (!wanted.isEmpty()) {
            text.append(" and ")
                    .append(column)
                    .append(" in (")
                    .append(rows)
                    .append(" in (<")
                    .append(listed(wanted))
                    .append(">))");
        }
        return this;
    }

    /** Asks for a condition, which holds no text of a client. */
    public Criteria where(String condition) {
        text.append(" and ").append(condition);
        return this;
    }

    /** Asks for a part, in any case, of a column of lower-case text, if one is wanted. */
    public Criteria part(String column, Optional<String> part) {
        part.filter(wanted -> !wanted.isEmpty()).ifPresent(wanted -> text.append(" and ")
                .append(column)
                .append(" like ")
                .append(bound(pattern(wanted)))
                .append(" escape '!'"));
        return this;
    }

    /**
     * Asks for all tags, or for one, of those that are wanted.
     *
     * @param table table with a row for each tag of a record, in {@code tag_id}
     * @param owner column of it that names the record
     * @param id column of the record's id
     */
    public Criteria tags(String table, String owner, String id, List<String> wanted, boolean all) {
        if (wanted.isEmpty()) {
            return this;
        }
        String rows =
                " from " + table + " t where t." + owner + " = " + id + " and t.tag_id in (<" + listed(wanted) + ">)";
        if (all) {
            text.append(" and (select count(distinct t.tag_id)")
                    .append(rows)
                    .append(") = ")
                    .append(bound(wanted.stream().distinct().count()));
        } else {
            text.append(" and exists (select 1").append(rows).append(")");
        }
        return this;
    }

    /** Binds what was asked for to a query that holds this text. */
    public Query bind(Query query) {
        lists.forEach(query::bindList);
        return query.bindMap(values);
    }

    /** Returns the pattern of LIKE, with escape {@code !}, for a part of a lower-case text. */
    public static String pattern(String part) {
        return "%"
                + part.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_") + "%";
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private String bound(Object value) {
        String name = "v" + values.size();
        values.put(name, value);
        return ":" + name;
    }

    private String listed(List<String> wanted) {
        String name = "l" + lists.size();
        lists.put(name, wanted);
        return name;
    }
}
