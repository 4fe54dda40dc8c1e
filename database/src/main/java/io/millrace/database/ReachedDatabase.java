package io.millrace.database;

import io.millrace.control.MarkerKind;
import io.millrace.control.TableName;
import io.millrace.database.compare.ComparedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A database in which there is a session, asked about tables that somebody would snapshot. Data is never changed. Not
 * thread-safe.
 */
public interface ReachedDatabase extends AutoCloseable {
    Catalogue catalogue();

    /** Returns how the end of a chunk would be recognised in the stream. */
    MarkerKind marker() throws SQLException;

    /** Returns what the user lacks to read a table that exists, with the SQL that grants it; empty if nothing. */
    Optional<String> missingPrivilege(TableName table) throws SQLException;

    /**
     * Returns why a filter is refused; empty if it is sound.
     *
     * @throws SQLException if the database could not be asked
     */
    Optional<FilterRefusal> refusal(TableName table, String filter) throws SQLException;

    /** Returns the rows that the planner expects; nothing is counted and the answer comes at once. */
    RowCount planned(TableName table, Optional<String> filter) throws SQLException;

    /**
     * Returns the rows of a table: counted where that is quick, else from statistics.
     *
     * @param filter one that was not refused
     */
    RowCount rows(TableName table, Optional<String> filter) throws SQLException;

    /** Returns the bytes that the rows take on disk, indexes not counted. */
    long bytes(TableName table) throws SQLException;

    /** Returns the index that serves the chunk queries of a key; empty where the whole table would be scanned. */
    Optional<String> chunkIndex(TableName table, SnapshotKey key, Optional<String> filter) throws SQLException;

    /** Returns sentences about what makes an incremental snapshot of the table less certain. */
    List<String> warnings(TableName table) throws SQLException;

    /** Returns sentences about what makes a blocking snapshot of the table less certain. */
    List<String> blockingWarnings(TableName table) throws SQLException;

    /** Returns why a table cannot be read in one view with others, as a blocking snapshot does; empty if it can. */
    Optional<String> noSharedView(TableName table) throws SQLException;

    /** Returns sentences about nulls in a surrogate key, and about values that several rows share. */
    List<String> surrogateWarnings(TableName table, String column) throws SQLException;

    /** Returns how many rows are in a range; empty if counting them takes longer than the limit. */
    Optional<Long> count(TableName table, KeyRange range, Duration limit) throws SQLException;

    /**
     * Reads the primary keys of the rows in a range, in one consistent view.
     *
     * @param most rows that are read
     * @param keys takes each key, as texts that equal values have in common
     * @return the view; nothing where there are more rows, where keys cannot be compared, or where the filter may decide
     *     differently at another time
     */
    Optional<TableView> view(TableName table, KeyRange range, long most, Consumer<List<String>> keys)
            throws SQLException;

    /** Returns whether the source's stream is known to have passed a position of {@link TableView#position()}. */
    boolean hasPassed(String position) throws SQLException;

    /** Gives the stream of a database in which nothing happens something to pass, where that needs no change of data. */
    void nudge() throws SQLException;

    /** Returns what compares tables of it, over the same session. */
    ComparedDatabase compared();

    @Override
    void close() throws SQLException;
}
