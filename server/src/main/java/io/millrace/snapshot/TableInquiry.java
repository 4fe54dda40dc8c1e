package io.millrace.snapshot;

import io.millrace.control.TableName;
import io.millrace.database.FilterRefusal;
import io.millrace.database.KeyChoice;
import io.millrace.database.KeyOrigin;
import io.millrace.database.ReachedDatabase;
import io.millrace.database.RowCount;
import io.millrace.database.SnapshotKey;
import io.millrace.database.SnapshotKeys;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has to be known about one table before a snapshot of it starts. */
final class TableInquiry {
    private final ReachedDatabase database;
    private final TableQuestion question;
    private final List<Problem> problems = new ArrayList<>();

    TableInquiry(ReachedDatabase database, TableQuestion question) {
        this.database = database;
        this.question = question;
    }

    TableFacts facts() throws SQLException {
        TableName table = question.topic().table();
        if (!database.catalogue().exists(table)) {
            problem(
                    Problem.Code.UNKNOWN_TOPIC,
                    "Table '" + question.topic().table() + "' is not in the database; take it out of the source's"
                            + " table list or leave its topic out",
                    "topic_names");
            return facts(none(), Optional.empty());
        }
        Optional<String> missing = database.missingPrivilege(table);
        missing.ifPresent(reason -> problem(Problem.Code.PERMISSION_DENIED, reason, "topic_names"));
        SnapshotKey key = missing.isPresent() ? readableKey(table) : key(table);
        if (missing.isEmpty() && question.isBlocking()) {
            database.noSharedView(table)
                    .ifPresent(reason -> problem(Problem.Code.MARKER_UNAVAILABLE, reason, "topic_names"));
        }
        if (missing.isEmpty() && question.filter().isPresent()) {
            database.refusal(table, question.filter().get()).ifPresent(this::refused);
        }
        return facts(
                key, problems.isEmpty() ? Optional.of(database.planned(table, question.filter())) : Optional.empty());
    }

    /** A surrogate key is looked at in the table itself, which must be readable. */
    private SnapshotKey readableKey(TableName table) throws SQLException {
        return question.surrogateKey().isPresent() ? none() : key(table);
    }

    private SnapshotKey key(TableName table) throws SQLException {
        KeyChoice choice = new SnapshotKeys(database.catalogue()).choose(table, question.surrogateKey());
        if (choice instanceof KeyChoice.Chosen chosen) {
            return chosen.key();
        }
        if (choice instanceof KeyChoice.SurrogateMissing missing) {
            problem(Problem.Code.SURROGATE_KEY_MISSING, missing.message(), "surrogate_key");
        } else if (choice instanceof KeyChoice.SurrogateUnusable unusable) {
            problem(Problem.Code.SURROGATE_KEY_UNUSABLE, unusable.message(), "surrogate_key");
        }
        return none();
    }

    private TableFacts facts(SnapshotKey key, Optional<RowCount> rows) {
        return new TableFacts(
                problems,
                question.isBlocking() ? List.of() : key.warnings(), // no key is needed
                key.columns(),
                key.origin(),
                rows.map(expected -> new Estimate(expected.rows(), expected.kind())),
                Optional.empty(),
                Optional.empty());
    }

    private static SnapshotKey none() {
        return new SnapshotKey(List.of(), KeyOrigin.NONE, List.of());
    }

    private void refused(FilterRefusal refusal) {
        Problem.Code code =
                switch (refusal.kind()) {
                    case UNSUPPORTED -> Problem.Code.FILTER_UNSUPPORTED;
                    case NOT_PERMITTED -> Problem.Code.PERMISSION_DENIED;
                    case INVALID -> Problem.Code.FILTER_INVALID;
                };
        problem(code, refusal.message(), "additional_conditions");
    }

    private void problem(Problem.Code code, String message, String field) {
        problems.add(new Problem(code, message, Optional.of(field)));
    }
}
