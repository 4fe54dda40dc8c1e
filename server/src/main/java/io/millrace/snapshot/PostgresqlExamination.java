package io.millrace.snapshot;

import io.millrace.control.TableName;
import io.millrace.database.KeyOrigin;
import io.millrace.database.RowCount;
import io.millrace.database.SnapshotKey;
import io.millrace.database.postgresql.PostgresCatalogue;
import io.millrace.database.postgresql.ReadPrivileges;
import io.millrace.database.postgresql.ReplicaIdentity;
import io.millrace.database.postgresql.SurrogateValues;
import io.millrace.database.postgresql.TableStatistics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What else can be found out about one table: how much there is, how it would be read, what makes that slow or risky. */
final class PostgresqlExamination {
    /** A filter that lets fewer rows through than one in so many makes chunk reads walk over what they drop. */
    private static final int SPARSE = 20;

    private final PostgresCatalogue catalogue;
    private final ReadPrivileges privileges;
    private final SurrogateValues surrogates;
    private final TableStatistics statistics;
    private final TableQuestion question;
    private final TableName table;

    PostgresqlExamination(Connection session, TableQuestion question) {
        catalogue = new PostgresCatalogue(session);
        privileges = new ReadPrivileges(session);
        surrogates = new SurrogateValues(session);
        statistics = new TableStatistics(session);
        this.question = question;
        this.table = question.topic().table();
    }

    /** Returns facts with more to them; those of a table that cannot be read stay as they are. */
    TableFacts further(TableFacts known, boolean counting) throws SQLException {
        if (!known.problems().isEmpty()) {
            return known;
        }
        SnapshotKey key = new SnapshotKey(known.keyColumns(), known.keyOrigin(), List.of());
        RowCount all = counting ? statistics.rows(table) : statistics.planned(table, Optional.empty());
        RowCount rows =
                question.filter().isEmpty() ? all : filtered(question.filter().get(), counting);
        Optional<String> index = statistics.chunkIndex(table, key, question.filter());
        List<String> warnings = new ArrayList<>(known.warnings());
        warnings.addAll(ofSurrogate());
        warnings.addAll(ofIdentity(known));
        if (privileges.hidesRows(table)) {
            warnings.add("Row level security hides rows of table " + table
                    + " from the source's user; only those that it sees are read.");
        }
        if (known.hasKey() && index.isEmpty()) {
            warnings.add("No index gives the rows of table " + table + " in the order of " + known.keyColumns()
                    + "; each chunk reads the whole table.");
        } else if (known.hasKey() && rows.rows() < all.rows() / SPARSE) {
            warnings.add("The filter lets about " + rows.rows() + " of " + all.rows()
                    + " rows through; each chunk walks" + " over the others in index " + index.get() + ".");
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

    private RowCount filtered(String filter, boolean counting) throws SQLException {
        return counting ? statistics.rowsMatching(table, filter) : statistics.planned(table, Optional.of(filter));
    }

    /** The table's size, and of that the part that the filter leaves. */
    private long bytes(RowCount all, RowCount rows) throws SQLException {
        long bytes = statistics.bytes(table);
        return all.rows() <= rows.rows() ? bytes : (long) ((double) bytes * rows.rows() / all.rows());
    }

    private List<String> ofSurrogate() throws SQLException {
        return question.surrogateKey().isPresent()
                ? surrogates.warnings(table, question.surrogateKey().get())
                : List.of();
    }

    /** Without a unique key a change in the stream does not say which row of a chunk it was about. */
    private List<String> ofIdentity(TableFacts known) throws SQLException {
        boolean unique = known.keyOrigin() != KeyOrigin.SURROGATE_KEY && known.hasKey()
                || !catalogue.uniqueKeys(table).isEmpty();
        boolean full = catalogue
                .replicaIdentity(table)
                .filter(identity -> identity == ReplicaIdentity.FULL)
                .isPresent();
        return unique || full
                ? List.of()
                : List.of("Table " + table + " has no unique key and its replica identity is not FULL, so updates and"
                        + " deletes of it are refused or do not say which row they mean; ALTER TABLE " + table
                        + " REPLICA IDENTITY FULL");
    }
}
