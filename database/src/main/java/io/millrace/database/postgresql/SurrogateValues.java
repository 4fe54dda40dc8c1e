package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a surrogate key really holds, looked at for two seconds at most. */
public final class SurrogateValues {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Connection session;

    public SurrogateValues(Connection session) {
        this.session = session;
    }

    /** Returns sentences about nulls and values that several rows share; none if there are neither. */
    public List<String> warnings(TableName table, String column) throws SQLException {
        String name = Identifiers.quote(column);
        String from = " FROM " + Identifiers.quote(table);
        String subject = "The surrogate key '" + column + "' of table " + table;
        List<String> warnings = new ArrayList<>();
        Optional<Long> nulls = number("SELECT count(*)" + from + " WHERE " + name + " IS NULL");
        nulls.filter(rows -> rows > 0)
                .ifPresent(rows -> warnings.add(subject + " is null in " + rows
                        + " rows; they are read last, in the order in which they lie."));
        Optional<Long> shared = number("SELECT coalesce(pg_catalog.sum(n), 0) FROM (SELECT count(*) AS n" + from
                + " WHERE " + name + " IS NOT NULL GROUP BY " + name + " HAVING count(*) > 1) AS shared");
        shared.filter(rows -> rows > 0)
                .ifPresent(rows -> warnings.add(subject + " is not unique: " + rows
                        + " rows share their value with another; they are read together or told apart by the table's"
                        + " own key."));
        if (nulls.isEmpty() || shared.isEmpty()) {
            warnings.add(subject + " could not be looked through for nulls and equal values within " + LIMIT.toSeconds()
                    + " s.");
        }
        return warnings;
    }

    private Optional<Long> number(String sql) throws SQLException {
        try {
            return ReadOnly.within(session, LIMIT, () -> {
                try (Statement statement = session.createStatement();
                        ResultSet result = statement.executeQuery(sql)) {
                    result.next();
                    return Optional.of(result.getLong(1));
                }
            });
        } catch (SQLException e) {
            if (ReadOnly.ranOutOfTime(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
