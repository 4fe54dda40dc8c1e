package io.millrace.connect.snapshot;

import io.millrace.control.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;

/** What the engine needs of a database product. Thread-safe; the connections that it opens are not. */
public interface SnapshotDatabase {
    /**
     * Opens a connection to read one table.
     *
     * @param surrogateKey column that orders the chunks instead of the table's key
     * @param filter condition that rows must meet; parsed by the database before
     * @throws TableUnreadableException when this table cannot be read now or ever, in words for a person
     */
    TableConnection open(TableName table, Optional<String> surrogateKey, Optional<String> filter)
            throws SQLException, TableUnreadableException;

    /**
     * Opens a view for a blocking run, when reads see everything that is in the log (see {@link
     * TableConnection#settle}), and marks the place behind it.
     *
     * @param marker text of the mark
     * @param tables tables that are read in the view; nobody alters them while it is open
     * @throws TableUnreadableException when there can be no such view, in words for a person
     */
    SharedView openView(String marker, List<TableName> tables) throws SQLException, TableUnreadableException;

    /**
     * Opens a connection that reads one table in a view, by key or, where the table has none, in another order that the view
     * keeps. Empty while the view bears no more connections than it has.
     *
     * @throws ViewLostException when the view is gone; so do the calls of the connection
     * @throws TableUnreadableException when this table cannot be read now or ever, in words for a person
     */
    Optional<TableConnection> openIn(SharedView view, TableName table) throws SQLException, TableUnreadableException;

    /** Connects and leaves again; throws when the database cannot be reached or refuses the login. */
    void checkReachable() throws SQLException;

    /**
     * Returns whether the database still has a connection to stream to. One that is gone without a word is noticed by its
     * other end only. True where that cannot be told, or the streaming task notices by itself.
     */
    default boolean isStreaming() throws SQLException {
        return true;
    }

    /** Tells what a record of the stream means for the windows. */
    StreamEvent classify(SourceRecord streamed);
}
