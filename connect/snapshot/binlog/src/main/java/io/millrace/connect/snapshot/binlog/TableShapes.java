package io.millrace.connect.snapshot.binlog;

import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables;
import io.debezium.relational.ddl.DdlParser;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.TableName;
import java.util.Optional;

/**
 * What tables look like in the stream. Thread-safe.
 *
 * <p>Debezium reads the statements that make and alter tables, and takes their words: a {@code BOOLEAN} is one in the
 * stream, though the server says {@code tinyint(1)} of it ever after. So once the stream has come to the view of a read,
 * the stream's own table counts; nobody alters it before the read is over. While the stream is behind, what the server
 * says is read in the same way, as Debezium does at its start.
 */
final class TableShapes {
    private final Dialect dialect;
    private final Optional<PlacedStream> stream;

    /**
     * Makes shapes.
     *
     * @param stream whose tables count; empty where there is none
     */
    TableShapes(Dialect dialect, Optional<PlacedStream> stream) {
        this.dialect = dialect;
        this.stream = stream;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Returns a table as the stream has it at the end of a view; empty while the stream is not there. */
    private Optional<Table> streamed(TableName name, Place view) {
        return stream.flatMap(task -> task.tableAt(id(name), view.number()));
    }

    /** Returns a table as it is in a view: as the stream has it, if the stream is there and knows these columns. */
    Table latest(TableName name, Table defined, Place view) {
        return streamed(name, view)
                .filter(streamed -> streamed.retrieveColumnNames().equals(defined.retrieveColumnNames()))
                .orElse(defined);
    }

    /** Returns a table as the server defines it. */
    Table defined(TableName name, String definition) throws TableUnreadableException {
        TableId id = id(name);
        DdlParser parser = dialect.parser();
        parser.setCurrentDatabase(id.catalog());
        parser.setCurrentSchema(id.catalog());
        Tables tables = new Tables();
        parser.parse(definition, tables);
        Table table = tables.forTable(id);
        if (table == null) {
            throw new TableUnreadableException("The definition of table " + id + " was not understood: " + definition);
        }
        return table;
    }

    private static TableId id(TableName name) {
        return new TableId(name.schema(), null, name.table());
    }
}
