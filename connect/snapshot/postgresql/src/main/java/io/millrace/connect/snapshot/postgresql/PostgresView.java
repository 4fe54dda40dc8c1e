package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.millrace.connect.snapshot.Mark;
import io.millrace.connect.snapshot.SharedView;
import io.millrace.control.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot that a transaction exports, for other transactions to read in as long as it is open.
 *
 * @param session holds the transaction
 * @param name by which {@code SET TRANSACTION SNAPSHOT} finds it
 */
record PostgresView(ReaderSession session, String name, Visibility visible, Mark mark) implements SharedView {
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** What a transaction exports. */
    private record Exported(String name, Visibility visible) {}

    static PostgresView open(PostgresConnectorConfig config, String marker, List<TableName> tables)
            throws SQLException {
        ReaderSession session = ReaderSession.open(config);
        try {
            session.answersWithin(ANSWER); // meanwhile the stream stands
            Settling.await(session);
            Exported exported = session.query(
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; " + lock(session, tables)
                            + "SELECT pg_export_snapshot(), pg_current_snapshot()::text",
                    result -> {
                        result.next();
                        return new Exported(result.getString(1), Visibility.parse(result.getString(2)));
                    });
            Mark behind = mark(config, marker);
            session.answersWithin(Duration.ZERO);
            return new PostgresView(session, exported.name(), exported.visible(), behind);
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * Locks what is still there, so that nobody alters it: a table that is written anew is empty for views from before.
     */
    private static String lock(ReaderSession session, List<TableName> tables) throws SQLException {
        List<String> there = new ArrayList<>();
        for (TableName table : tables) {
            String name = TableCatalogue.quoted(table);
            String found = "SELECT to_regclass(" + TableCatalogue.literal(name) + ") IS NOT NULL";
            if (session.query(found, result -> result.next() && result.getBoolean(1))) {
                there.add(name);
            }
        }
        return there.isEmpty() ? "" : "LOCK TABLE " + String.join(", ", there) + " IN ACCESS SHARE MODE; ";
    }

    /** The transaction of the view cannot write into the log. */
    private static Mark mark(PostgresConnectorConfig config, String marker) throws SQLException {
        try (ReaderSession beside = ReaderSession.open(config)) {
            beside.answersWithin(ANSWER);
            return new LogMark(beside).set(marker);
        }
    }

    @Override
    public boolean sees(long transaction) {
        return visible.test(transaction);
    }

    @Override
    public void close() {
        session.close();
    }
}
