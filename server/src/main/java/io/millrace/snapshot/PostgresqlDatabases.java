package io.millrace.snapshot;

import io.millrace.control.TableName;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.FilterRefusal;
import io.millrace.database.KeyChoice;
import io.millrace.database.KeyOrigin;
import io.millrace.database.RowCount;
import io.millrace.database.SnapshotKey;
import io.millrace.database.postgresql.FilterCheck;
import io.millrace.database.postgresql.PostgresCatalogue;
import io.millrace.database.postgresql.PostgresSessions;
import io.millrace.database.postgresql.SnapshotKeys;
import io.millrace.database.postgresql.TableStatistics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks PostgreSQL. One session answers all questions of a call. */
public final class PostgresqlDatabases implements SourceDatabases {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** Estimates are worth this much waiting in all; tables after that go without one. */
    private static final Duration ESTIMATING = Duration.ofSeconds(5);

    private final PostgresSessions sessions;
    private final Function<SnapshotSource, DatabaseAddress> addresses;

    /**
     * Makes one.
     *
     * @param addresses says how the database of a source is reached
     */
    public PostgresqlDatabases(PostgresSessions sessions, Function<SnapshotSource, DatabaseAddress> addresses) {
        this.sessions = sessions;
        this.addresses = addresses;
    }

    @Override
    public List<TableFacts> ask(SnapshotSource source, List<TableQuestion> questions) {
        long end = System.nanoTime() + ESTIMATING.toNanos();
        try (Connection session = sessions.open(addresses.apply(source))) {
            List<TableFacts> facts = new ArrayList<>();
            for (TableQuestion question : questions) {
                facts.add(new Inquiry(session, question).facts(System.nanoTime() < end));
            }
            return facts;
        } catch (ConnectionFailedException e) {
            throw new SourceUnreachableException(
                    "The database of source '" + source.name() + "' cannot be asked: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new SourceUnreachableException(
                    "The database of source '" + source.name() + "' broke off: " + e.getMessage(), e);
        }
    }

    /** What is asked about one table. */
    private static final class Inquiry {
        private final PostgresCatalogue catalogue;
        private final SnapshotKeys keys;
        private final FilterCheck filters;
        private final TableStatistics statistics;
        private final TableQuestion question;
        private final List<Problem> problems = new ArrayList<>();

        Inquiry(Connection session, TableQuestion question) {
            catalogue = new PostgresCatalogue(session);
            keys = new SnapshotKeys(catalogue);
            filters = new FilterCheck(session);
            statistics = new TableStatistics(session);
            this.question = question;
        }

        TableFacts facts(boolean estimating) throws SQLException {
            TableName table = question.topic().table();
            if (!catalogue.exists(table)) {
                problem(
                        Problem.Code.UNKNOWN_TOPIC,
                        "Table '" + table + "' is not in the database; take it out of the source's"
                                + " table list or leave its topic out",
                        "topic_names");
                return without(new SnapshotKey(List.of(), KeyOrigin.NONE, List.of()));
            }
            SnapshotKey key = key(table);
            if (question.filter().isPresent()) {
                filters.refusal(table, question.filter().get()).ifPresent(this::refused);
            }
            return problems.isEmpty() && estimating ? measured(table, key) : without(key);
        }

        private SnapshotKey key(TableName table) throws SQLException {
            KeyChoice choice = keys.choose(table, question.surrogateKey());
            if (choice instanceof KeyChoice.Chosen chosen) {
                return chosen.key();
            }
            if (choice instanceof KeyChoice.SurrogateMissing missing) {
                problem(Problem.Code.SURROGATE_KEY_MISSING, missing.message(), "surrogate_key");
            } else if (choice instanceof KeyChoice.SurrogateUnusable unusable) {
                problem(Problem.Code.SURROGATE_KEY_UNUSABLE, unusable.message(), "surrogate_key");
            }
            return new SnapshotKey(List.of(), KeyOrigin.NONE, List.of());
        }

        private TableFacts measured(TableName table, SnapshotKey key) throws SQLException {
            try {
                Optional<String> filter = question.filter();
                RowCount rows =
                        filter.isPresent() ? statistics.rowsMatching(table, filter.get()) : statistics.rows(table);
                return new TableFacts(
                        List.of(),
                        key.warnings(),
                        key.columns(),
                        key.origin(),
                        Optional.of(new Estimate(rows.rows(), rows.kind())),
                        Optional.of(statistics.bytes(table)),
                        statistics.chunkIndex(table, key));
            } catch (SQLException e) {
                if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                    throw e;
                }
                problem(
                        Problem.Code.PERMISSION_DENIED,
                        "The source's user may not read table '" + table + "'; grant it SELECT",
                        "topic_names");
                return without(key);
            }
        }

        private TableFacts without(SnapshotKey key) {
            return new TableFacts(
                    problems,
                    key.warnings(),
                    key.columns(),
                    key.origin(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        private void refused(FilterRefusal refusal) {
            Problem.Code code = refusal.kind() == FilterRefusal.Kind.UNSUPPORTED
                    ? Problem.Code.FILTER_UNSUPPORTED
                    : Problem.Code.FILTER_INVALID;
            problem(code, refusal.message(), "additional_conditions");
        }

        private void problem(Problem.Code code, String message, String field) {
            problems.add(new Problem(code, message, Optional.of(field)));
        }
    }
}
