package io.millrace.database;

import io.millrace.control.TableName;
import java.sql.SQLException;
import java.util.List;

/** What tables a database has, and by what their rows can be told apart and put in order. Names are exact. */
public interface Catalogue {
    /** Returns whether there is such a table, and it can be captured. */
    boolean exists(TableName table) throws SQLException;

    /** Returns the columns in their order; none where there is no such table. */
    List<Column> columns(TableName table) throws SQLException;

    /**
     * Returns the unique keys that can order chunks: the primary key first, then keys without nulls, then shorter ones.
     */
    List<UniqueKey> uniqueKeys(TableName table) throws SQLException;

    /** Returns whether the values of a column have an order that chunks can follow. */
    boolean isOrdered(TableName table, String column) throws SQLException;

    /** Returns when rows with a null among the columns that order chunks are read: a word and what it costs. */
    String whenNullsAreRead();

    /** Returns whether an index begins with that column, so that the database can read in its order. */
    boolean isIndexed(TableName table, String column) throws SQLException;
}
