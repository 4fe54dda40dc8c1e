package io.millrace.database.postgresql;

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
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.postgresql.core.Parser;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Has the database itself say whether a text is a condition on the rows of a table.
 *
 * <p>The text is put into several places of a query, none of which reads a row. A text that closes the parenthesis it
 * stands in, as in {@code 1=1) OR (1=1}, may fit some of them but never all: between {@code CAST(} and {@code AS
 * boolean)} only a whole expression fits. Comments at its end are ended by a line break. Each query is one statement for
 * the driver, and one for the server, which refuses more than one in the extended protocol.
 *
 * <p>A filter runs again and again, and may run twice over the same rows. So one that calls a volatile function, whose
 * result changes or which does something, is refused, too; also where the function hides behind an operator or a cast.
 * The planner says so: it drops a column of a subquery that nobody asks for, unless computing it is volatile.
 * (The outer join keeps it from dropping the whole of a table that has no partitions.)
 */
public final class FilterCheck {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** What the server says where a parameter has no value. */
    private static final String PROTOCOL_VIOLATION = "08P01";

    private static final String NOT_PERMITTED = "42501";

    /** What a plan shows in place of a column that nobody asked for. */
    private static final String DROPPED = "NULL::boolean";

    /** What a plan shows of inputs that are neither functions nor the row: the clock, the user, other tables. */
    private static final Pattern OTHER_INPUT = Pattern.compile(
            "(?i)\\b(CURRENT_|LOCALTIME|SESSION_USER|SubPlan|InitPlan|SubQuery)|^\\s*(hashed )?SubPlan");

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
            return invalid("The filter holds a zero character.");
        }
        String from = " FROM " + Identifiers.quote(table);
        String condition = "(\n" + filter + "\n)";
        String asValue = "SELECT CAST(\n" + filter + "\nAS boolean)" + from + " LIMIT 0";
        try {
            return ReadOnly.within(session, LIMIT, () -> {
                for (String sql : List.of(
                        "SELECT 1" + from + " WHERE " + condition + " AND false LIMIT 0",
                        "SELECT 1" + from + " WHERE NOT " + condition + " LIMIT 0",
                        asValue)) {
                    if (!isOneStatement(sql)) {
                        return invalid("The filter is more than one statement.");
                    }
                    run(sql);
                }
                return volatility(table, filter, asValue);
            });
        } catch (PSQLException e) {
            ServerErrorMessage said = e.getServerErrorMessage();
            if (said == null || !ofTheText(e)) {
                throw e;
            }
            return NOT_PERMITTED.equals(e.getSQLState())
                    ? Optional.of(new FilterRefusal(FilterRefusal.Kind.NOT_PERMITTED, words(e, said)))
                    : invalid(words(e, said));
        }
    }

    private static boolean isOneStatement(String sql) throws SQLException {
        return Parser.parseJdbcSql(sql, true, false, true, false, false).size() == 1;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /**
     * Returns whether a filter that was taken may decide differently of the same row another time, because it asks for
     * the time, the user, a setting or another table. In doubt it says yes.
     *
     * @throws SQLException if the database could not be asked
     */
    public boolean mayChange(TableName table, String filter) throws SQLException {
        String sql = "SELECT CAST(\n" + filter + "\nAS boolean) FROM " + Identifiers.quote(table) + " LIMIT 0";
        return ReadOnly.within(session, LIMIT, () -> {
            List<String> texts = Explain.texts(session, sql);
            return texts.stream().anyMatch(text -> OTHER_INPUT.matcher(text).find())
                    || !functions(texts, "provolatile <> 'i'").isEmpty();
        });
    }

    private Optional<FilterRefusal> volatility(TableName table, String filter, String asValue) throws SQLException {
        List<String> unasked = Explain.texts(
                session,
                "SELECT 1 FROM (SELECT CAST(\n" + filter + "\nAS boolean) AS f FROM (SELECT) AS one LEFT JOIN "
                        + Identifiers.quote(table) + " ON true OFFSET 0) AS unasked");
        if (unasked.contains(DROPPED)) {
            return Optional.empty();
        }
        String culprit = functions(Explain.texts(session, asValue), "provolatile = 'v'").stream()
                .findFirst()
                .map(name -> "calls " + name + ", a volatile function")
                .orElse("uses an operator or a cast that is a volatile function");
        return Optional.of(new FilterRefusal(
                FilterRefusal.Kind.UNSUPPORTED,
                "The filter " + culprit + ", whose result may change from one call to the next. Use stable or immutable"
                        + " functions only."));
    }

    /** Returns the functions with a property that expressions in a plan name, in order. */
    private List<String> functions(List<String> texts, String property) throws SQLException {
        Set<String> called = new TreeSet<>();
        texts.forEach(text -> called.addAll(FunctionNames.in(text)));
        return Rows.all(
                session,
                "SELECT DISTINCT proname FROM pg_catalog.pg_proc WHERE " + property
                        + " AND proname = ANY (?) ORDER BY proname",
                row -> row.getString(1),
                (Object) called.toArray(String[]::new));
    }

    /** Tells errors of the text apart from those of the session: connection, resources, operator, system. */
    private static boolean ofTheText(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return ReadOnly.ranOutOfTime(e) || PROTOCOL_VIOLATION.equals(state) || !state.matches("(08|53|57|58|XX).*");
    }

    private static String words(SQLException e, ServerErrorMessage said) {
        if (ReadOnly.ranOutOfTime(e)) {
            return "The database did not answer within " + LIMIT.toSeconds() + " s: " + said.getMessage();
        }
        if (PROTOCOL_VIOLATION.equals(e.getSQLState())) {
            return "The filter has a parameter ($1). Write values out.";
        }
        String hint = said.getHint() == null ? "" : " (" + said.getHint() + ")";
        return said.getMessage() + hint;
    }

    private static Optional<FilterRefusal> invalid(String message) {
        return Optional.of(new FilterRefusal(FilterRefusal.Kind.INVALID, message));
    }
}
