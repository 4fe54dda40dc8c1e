package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A connection that reads one table, chunk by chunk. For one thread, except {@link #cancel} and {@link
 * #endCallInVain}.
 *
 * <p>A key is an object of column to value, with every value exact; the engine keeps and compares none of it, that is
 * the database's business.
 */
public interface TableConnection extends AutoCloseable {
    /**
     * Waits until reads see every transaction that is in the log by now. A task that starts knows of none that an
     * earlier life of it has streamed, and one of those may not be visible yet (S2).
     */
    void settle() throws SQLException;

    /** Returns the columns that order the chunks. */
    List<String> keyColumns();

    /** Returns the bytes of an average row by the database's statistics, if it has any. */
    Optional<Long> averageRowBytes() throws SQLException;

    /**
     * Returns the greatest key that the table holds now; rows beyond it are the stream's business. Empty when no row
     * has a whole key.
     */
    Optional<JsonNode> greatestKey() throws SQLException, TableUnreadableException;

    /**
     * Returns the key of the row that is {@code rows} rows behind the begin of a range, without reading the rows, so
     * that several connections can share a table. Empty when the range has fewer rows, and where such a key cannot be
     * told: then the rest must be read by one connection.
     */
    Optional<JsonNode> boundary(ChunkRange range, int rows) throws SQLException, TableUnreadableException;

    /**
     * Returns whether a read can begin at any key: then several connections can share the table, and another view is read
     * on where the last one ended. Else one connection reads everything in one go, in another view from the first row.
     */
    default boolean beginsAnywhere() {
        return true;
    }

    /** Reads the rows of a range in one consistent view, in batches. */
    ChunkRows read(ChunkRange range, ChunkLimits limits) throws SQLException, TableUnreadableException;

    /**
     * Marks the place in the database's log behind everything that was read before.
     *
     * @param text begins as the task's markers do; written into the log where that is possible
     */
    Mark mark(String text) throws SQLException;

    /** Ends a query that another thread runs on this connection; without effect when none runs. */
    void cancel();

    /**
     * Ends a call that another thread waits for in vain, because the server is not at it any more. Called now and then
     * while a call lasts long; one that the server is at may take as long as it likes. Does nothing where that cannot be
     * told.
     */
    default void endCallInVain() {}

    @Override
    void close();
}
