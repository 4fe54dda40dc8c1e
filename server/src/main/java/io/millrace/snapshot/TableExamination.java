package io.millrace.snapshot;

import io.millrace.control.TableName;
import io.millrace.database.ReachedDatabase;
import io.millrace.database.RowCount;
import io.millrace.database.SnapshotKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What else can be found out about one table: how much there is, how it would be read, what makes that slow or risky. */
final class TableExamination {
    /** A filter that lets fewer rows through than one in so many makes chunk reads walk over what they drop. */
    private static final int SPARSE = 20;

    private final ReachedDatabase database;
    private final TableQuestion question;
    private final TableName table;

    TableExamination(ReachedDatabase database, TableQuestion question) {
        this.database = database;
        this.question = question;
        this.table = question.topic().table();
    }

    /** Returns facts with more to them; those of a table that cannot be read stay as they are. */
    TableFacts further(TableFacts known, boolean counting) throws SQLException {
        if (!known.problems().isEmpty()) {
            return known;
        }
        SnapshotKey key = new SnapshotKey(known.keyColumns(), known.keyOrigin(), List.of());
        RowCount all = rows(Optional.empty(), counting);
        RowCount rows = question.filter().isEmpty() ? all : rows(question.filter(), counting);
        Optional<String> index = database.chunkIndex(table, key, question.filter());
        List<String> warnings = new ArrayList<>(known.warnings());
        if (question.surrogateKey().isPresent()) {
            warnings.addAll(
                    database.surrogateWarnings(table, question.surrogateKey().get()));
        }
        warnings.addAll(question.isBlocking() ? database.blockingWarnings(table) : database.warnings(table));
        if (known.hasKey() && index.isEmpty()) {
            warnings.add("No index gives the rows of table " + table + " in the order of " + known.keyColumns()
                    + "; each chunk reads the whole table.");
        } else if (known.hasKey() && rows.rows() < all.rows() / SPARSE) {
            warnings.add("The filter lets about " + rows.rows() + " of " + all.rows()
                    + " rows through; each chunk walks over the others in index " + index.get() + ".");
        }
        return new TableFacts(
                List.of(),
                warnings,
                known.keyColumns(),
                known.keyOrigin(),
                Optional.of(new Estimate(rows.rows(), rows.kind())),
                Optional.of(bytes(all, rows)),
                index);
    }

    private RowCount rows(Optional<String> filter, boolean counting) throws SQLException {
        return counting ? database.rows(table, filter) : database.planned(table, filter);
    }

    /** The table's size, and of that the part that the filter leaves. */
    private long bytes(RowCount all, RowCount rows) throws SQLException {
        long bytes = database.bytes(table);
        return all.rows() <= rows.rows() ? bytes : (long) ((double) bytes * rows.rows() / all.rows());
    }
}
