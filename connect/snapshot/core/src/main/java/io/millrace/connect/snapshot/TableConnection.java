package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A connection that reads one table, chunk by chunk. For one thread, except {@link #cancel}.
 *
 * <p>A key is an object of column to value, with every value exact; the engine keeps and compares none of it, that is
 * the database's business.
 */
public interface TableConnection extends AutoCloseable {
    /** Returns the columns that order the chunks. */
    List<String> keyColumns();

    /** Returns the bytes of an average row by the database's statistics, if it has any. */
    Optional<Long> averageRowBytes() throws SQLException;

    /**
     * Returns the greatest key that the table holds now; rows beyond it are the stream's business. Empty when no row
     * has a whole key.
     */
    Optional<JsonNode> greatestKey() throws SQLException, TableUnreadableException;

    /** Reads the rows of a range in one consistent view. */
    ChunkRows read(ChunkRange range) throws SQLException, TableUnreadableException;

    /** Writes a marker into the database's log, behind everything that was read before. */
    void mark(String marker) throws SQLException;

    /** Ends a query that another thread runs on this connection; without effect when none runs. */
    void cancel();

    @Override
    void close();
}
