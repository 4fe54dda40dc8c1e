package io.millrace.database.compare;

import io.millrace.control.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** How rows of tables are asked for as texts, and in the order of their keys, in one product. */
public interface TableSql {
    /** What the table is called in queries. */
    String ROWS = "compared";

    /** Begins a transaction that writes nothing and, where the product has it, sees the database as it is now. */
    void begin(Connection session) throws SQLException;

    /** Ends what {@link #begin} began. */
    void end(Connection session) throws SQLException;

    /** Returns the columns of a table in their order; none where there is no such table. */
    List<ComparedColumn> columns(Connection session, TableName table) throws SQLException;

    String quote(TableName table);

    String quote(String name);

    /** Returns the beginning of a statement that deletes rows of a table, up to its condition. */
    String deletion(TableName table);

    /** Returns a literal for a text. */
    String literal(String text);

    /** Returns the same for conditions that stand alone, in which columns have no name of a table before them. */
    TableSql alone();

    /** Returns an expression for the text of a value. */
    String text(ComparedColumn column);

    /** Returns an expression by whose values rows are ordered as every product orders them. */
    String ordered(ComparedColumn column);

    /** Returns an expression for a parameter, comparable to {@link #ordered}. */
    String bound(ComparedColumn column);

    /** Returns an expression that an index serves, for {@link #sought}; rows that are not meant may have the same value. */
    String searched(ComparedColumn column);

    /** Returns an expression for a parameter, equal to {@link #searched} in rows with this value. */
    String sought(ComparedColumn column);

    /** Returns what is bound to a parameter for a value that one of the sides gave as text. */
    String parameter(ComparedColumn column, String text);

    /** Makes a statement that does not bring all of its rows at once. */
    PreparedStatement streaming(Connection session, String sql) throws SQLException;
}
