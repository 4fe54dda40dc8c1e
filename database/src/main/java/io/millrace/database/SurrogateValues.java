package io.millrace.database;

import io.millrace.control.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a surrogate key really holds, looked at for two seconds at most. */
public final class SurrogateValues {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final CountedRows rows;
    private final UnaryOperator<String> quoted;

    /**
     * Makes one.
     *
     * @param quoted puts a name into the quotes of the database
     */
    public SurrogateValues(CountedRows rows, UnaryOperator<String> quoted) {
        this.rows = rows;
        this.quoted = quoted;
    }

    /** Returns sentences about nulls and values that several rows share; none if there are neither. */
    public List<String> warnings(TableName table, String column) throws SQLException {
        String name = quoted.apply(column);
        String from = " FROM " + quoted.apply(table.schema()) + "." + quoted.apply(table.table());
        String subject = "The surrogate key '" + column + "' of table " + table;
        List<String> warnings = new ArrayList<>();
        Optional<Long> nulls = rows.number("SELECT count(*)" + from + " WHERE " + name + " IS NULL", LIMIT);
        nulls.filter(count -> count > 0)
                .ifPresent(count -> warnings.add(subject + " is null in " + count
                        + " rows; they are read together, before or behind all others."));
        Optional<Long> shared = rows.number(
                "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n" + from + " WHERE " + name
                        + " IS NOT NULL GROUP BY " + name + " HAVING count(*) > 1) AS shared",
                LIMIT);
        shared.filter(count -> count > 0)
                .ifPresent(count -> warnings.add(subject + " is not unique: " + count
                        + " rows share their value with another; they are read together or told apart by the table's"
                        + " own key."));
        if (nulls.isEmpty() || shared.isEmpty()) {
            warnings.add(subject + " could not be looked through for nulls and equal values within " + LIMIT.toSeconds()
                    + " s.");
        }
        return warnings;
    }
}
