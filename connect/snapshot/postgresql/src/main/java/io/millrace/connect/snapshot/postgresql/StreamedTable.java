package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.relational.Column;
import io.debezium.relational.ColumnEditor;
import io.debezium.relational.Table;
import io.debezium.relational.TableEditor;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.TableName;
import java.sql.SQLException;
import java.util.Map;

/**
 * A table as the log describes it to Debezium: without generated columns, and with lengths and scales from the type
 * modifiers, where JDBC's metadata has others (those of arrays, for example).
 */
final class StreamedTable {
    private StreamedTable() {}

    /** A column's type: its number in the catalogue, and its modifier, -1 for none. */
    record ColumnType(int oid, int modifier) {}

    /** Reads the table in the session's present transaction. */
    static Table read(ReaderSession session, TableName name) throws SQLException, TableUnreadableException {
        PostgresConnection connection = session.debezium();
        TableId id = new TableId(null, name.schema(), name.table());
        Tables tables = new Tables();
        connection.readSchema(tables, null, name.schema(), id::equals, null, true);
        Table found = tables.forTable(id);
        if (found == null) {
            throw TableCatalogue.missing(name);
        }
        Map<String, ColumnType> types = new TableCatalogue(session, name).columnTypes();
        TableEditor table = Table.editor().tableId(id);
        for (Column column : found.columns()) {
            if (!column.isGenerated()) {
                table.addColumn(column(connection.getTypeRegistry(), column, types.get(column.name())));
            }
        }
        return table.setPrimaryKeyNames(found.primaryKeyColumnNames()).create();
    }

    private static Column column(TypeRegistry registry, Column column, ColumnType columnType) {
        PostgresType type = registry.get(columnType.oid());
        int length = type.getDefaultLength();
        int scale = type.getDefaultScale();
        if (columnType.modifier() != -1 && type.getTypeInfo() != null) {
            length = type.getTypeInfo().getPrecision(type.getOid(), columnType.modifier());
            scale = type.getTypeInfo().getScale(type.getOid(), columnType.modifier());
        }
        boolean plain = length == type.getDefaultLength() && scale == 0;
        ColumnEditor editor = Column.editor()
                .name(column.name())
                .jdbcType(type.getRootType().getJdbcId())
                .nativeType(type.getRootType().getOid())
                .optional(column.isOptional())
                .type(type.getName(), plain ? type.getName() : type.getName() + "(" + length + "," + scale + ")")
                .length(length)
                .scale(scale);
        if (column.hasDefaultValue()) {
            editor.defaultValueExpression(column.defaultValueExpression().orElse(null));
        }
        return editor.create();
    }
}
