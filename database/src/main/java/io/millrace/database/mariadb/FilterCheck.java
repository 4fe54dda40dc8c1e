package io.millrace.database.mariadb;

import io.millrace.control.TableName;
import io.millrace.database.FilterRefusal;
import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Has the database itself say whether a text is a condition on the rows of a table.
 *
 * <p>The text is put into several places of a query, none of which reads a row, in a read-only transaction. A text that
 * closes the parenthesis it stands in, as in {@code 1=1) OR (1=1}, may fit some of them but never all: between {@code CAST(}
 * and {@code AS CHAR)} only a whole expression fits. Comments at its end are ended by a line break. The driver is not
 * allowed to send more than one statement at a time.
 *
 * <p>A filter runs again and again, and may run twice over the same rows. So one whose result changes from row to row by
 * itself, or that does something, is refused: by the names of the functions that it calls, since the server keeps no list of
 * its own functions with such a property. A stored function has to be declared deterministic.
 */
public final class FilterCheck {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final Set<String> VOLATILE = Set.of(
            "rand",
            "uuid",
            "uuid_v4",
            "uuid_v7",
            "uuid_short",
            "sys_guid",
            "random_bytes",
            "sysdate",
            "sleep",
            "benchmark",
            "get_lock",
            "release_lock",
            "release_all_locks",
            "is_free_lock",
            "is_used_lock",
            "last_insert_id",
            "row_count",
            "found_rows",
            "load_file",
            "nextval",
            "lastval",
            "setval",
            "master_pos_wait",
            "master_gtid_wait",
            "source_pos_wait",
            "wait_for_executed_gtid_set");

    /** What asks for the time, the user, the session or other rows. */
    private static final Set<String> OTHER_INPUT = Set.of(
            "select",
            "now",
            "curdate",
            "curtime",
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "utc_date",
            "utc_time",
            "utc_timestamp",
            "unix_timestamp",
            "user",
            "current_user",
            "session_user",
            "system_user",
            "current_role",
            "connection_id",
            "database",
            "schema",
            "version");

    private final Connection session;

    public FilterCheck(Connection session) {
        this.session = session;
    }

    /**
     * Returns why the filter is refused; empty if it is sound.
     *
     * @throws SQLException if the database could not be asked
     */
    public Optional<FilterRefusal> refusal(TableName table, String filter) throws SQLException {
        if (filter.indexOf('\0') >= 0) {
            return refused(FilterRefusal.Kind.INVALID, "The filter holds a zero character.");
        }
        // before anything is run: the server may compute what does not hang on rows while it only plans
        Optional<FilterRefusal> unsafe = unsafe(FilterText.of(filter));
        if (unsafe.isPresent()) {
            return unsafe;
        }
        String from = " FROM " + Identifiers.quote(table);
        String condition = "(\n" + filter + "\n)";
        try {
            return ReadOnly.within(session, LIMIT, () -> {
                for (String sql : List.of(
                        "SELECT 1" + from + " WHERE " + condition + " AND FALSE LIMIT 0",
                        "SELECT 1" + from + " WHERE NOT " + condition + " LIMIT 0",
                        "SELECT CAST(\n" + filter + "\nAS CHAR)" + from + " LIMIT 0")) {
                    run(sql);
                }
                return Optional.empty();
            });
        } catch (SQLException e) {
            if (!ofTheText(e)) {
                throw e;
            }
            if (ReadOnly.ranOutOfTime(e)) {
                return refused(
                        FilterRefusal.Kind.INVALID,
                        "The database did not answer within " + LIMIT.toSeconds() + " s: " + words(e));
            }
            return refused(
                    Codes.NOT_PERMITTED.contains(e.getErrorCode())
                            ? FilterRefusal.Kind.NOT_PERMITTED
                            : FilterRefusal.Kind.INVALID,
                    words(e));
        }
    }

    /**
     * Returns whether a filter that was taken may decide differently of the same row another time, because it asks for
     * the time, the user, a setting or another table. In doubt it says yes.
     */
    public boolean mayChange(String filter) {
        FilterText text = FilterText.of(filter);
        return text.hasVariables()
                || text.words().stream().anyMatch(OTHER_INPUT::contains)
                || text.calls().stream().anyMatch(name -> name.contains("."));
    }

    private Optional<FilterRefusal> unsafe(FilterText text) throws SQLException {
        if (text.hasHiddenCode()) {
            return unsupported("has a comment that the server runs (/*! or /*M!)", "Write its text out.");
        }
        if (text.hasVariables()) {
            return unsupported("uses a variable, whose value belongs to a session", "Write values out.");
        }
        Optional<String> known = text.calls().stream()
                .filter(name -> VOLATILE.contains(name) || name.endsWith(".nextval"))
                .sorted()
                .findFirst();
        if (known.isPresent()) {
            return unsupported(
                    "calls " + known.get() + ", whose result may change from one call to the next",
                    "Use functions that give the same for the same row.");
        }
        if (text.words().contains("next") && text.words().contains("value")) {
            return unsupported("takes values of a sequence", "Leave them out.");
        }
        for (String name : text.calls().stream()
                .filter(call -> call.contains("."))
                .sorted()
                .toList()) {
            if (!isDeterministic(name)) {
                return unsupported(
                        "calls " + name + ", which is not declared DETERMINISTIC",
                        "Declare it so if it is, or leave it out.");
            }
        }
        return Optional.empty();
    }

    private boolean isDeterministic(String name) throws SQLException {
        int dot = name.lastIndexOf('.');
        return Rows.first(
                        session,
                        "SELECT IS_DETERMINISTIC FROM information_schema.ROUTINES"
                                + " WHERE ROUTINE_TYPE = 'FUNCTION' AND LOWER(ROUTINE_SCHEMA) = ? AND LOWER(ROUTINE_NAME) = ?",
                        row -> row.getString(1).equals("YES"),
                        name.substring(0, dot),
                        name.substring(dot + 1))
                .orElse(false);
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** Tells errors of the text apart from those of the session, which the driver itself has found or the server's end. */
    private static boolean ofTheText(SQLException e) {
        return e.getErrorCode() > 0
                && e.getErrorCode() != Codes.SERVER_SHUTDOWN
                && !String.valueOf(e.getSQLState()).startsWith("08");
    }

    /** The driver puts the number of the connection before what the server said. */
    private static String words(SQLException e) {
        return String.valueOf(e.getMessage()).replaceFirst("^\\(conn=-?\\d+\\) ", "");
    }

    private static Optional<FilterRefusal> unsupported(String what, String remedy) {
        return refused(FilterRefusal.Kind.UNSUPPORTED, "The filter " + what + ". " + remedy);
    }

    private static Optional<FilterRefusal> refused(FilterRefusal.Kind kind, String message) {
        return Optional.of(new FilterRefusal(kind, message));
    }
}
