package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.row.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a table fit what is to be written: makes it, adds columns, widens types, lets columns be null. Columns are never
 * dropped. Iceberg widens few types; where it cannot, values go on in a column beside the old one, whose name ends with the
 * new type.
 */
final class TableEvolution {
    private static final Logger LOG = LoggerFactory.getLogger(TableEvolution.class);

    /** Commits come every minute or so, and each writes the metadata anew. */
    private static final Map<String, String> PROPERTIES = Map.of(
            TableProperties.FORMAT_VERSION, "2",
            TableProperties.PARQUET_COMPRESSION, "zstd",
            TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
            TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20");

    private final Catalog catalog;
    private final TableIdentifier name;

    TableEvolution(Catalog catalog, TableIdentifier name) {
        this.catalog = catalog;
        this.name = name;
    }

    /** Returns the table, if it is there. */
    Optional<Table> find() {
        if (!catalog.tableExists(name)) {
            return Optional.empty();
        }
        Table table = catalog.loadTable(name);
        if (table.spec().isPartitioned()) {
            throw new ConnectException("Table " + name + " is partitioned, and this destination writes tables that are"
                    + " not; drop it, or choose another 'table.name.prefix'");
        }
        return Optional.of(table);
    }

    /**
     * Makes a table.
     *
     * @param columns of rows; the first of each name counts
     * @param key names of columns; empty for a table without a key
     */
    Table create(Collection<Column> columns, List<String> key) {
        Map<String, NestedField> fields = new LinkedHashMap<>();
        List<Integer> identifiers = new ArrayList<>();
        for (Column column : columns) {
            int id = fields.size() + 1;
            Type type = ColumnTypes.of(column.type());
            boolean required = key.contains(column.name()) && type.isPrimitiveType();
            NestedField field = required
                    ? NestedField.required(id, column.name(), type)
                    : NestedField.optional(id, column.name(), type);
            if (fields.putIfAbsent(column.name(), field) == null && required && !isFloat(type)) {
                identifiers.add(id);
            }
        }
        boolean identified = identifiers.size() == key.size();
        Schema schema = new Schema(List.copyOf(fields.values()), identified ? Set.copyOf(identifiers) : Set.of());
        LOG.info("Table {} is made with the columns {}", name, fields.keySet());
        return catalog.createTable(name, schema, PartitionSpec.unpartitioned(), PROPERTIES);
    }

    private static boolean isFloat(Type type) {
        return type.typeId() == TypeID.FLOAT || type.typeId() == TypeID.DOUBLE;
    }

    /** Changes a table so that it holds rows of these columns, and says where. */
    Layout fit(Table table, Map<Column, Change> columns, List<String> key) throws RefusedException {
        Map<Layout.Told, String> names = new HashMap<>();
        Map<String, Type> types = new LinkedHashMap<>();
        table.schema().columns().forEach(field -> types.put(field.name(), field.type()));
        UpdateSchema update = table.updateSchema();
        List<String> done = new ArrayList<>();
        for (Map.Entry<Column, Change> entry : columns.entrySet()) {
            Column column = entry.getKey();
            Type wanted = ColumnTypes.of(column.type());
            String found = place(types, column.name(), wanted);
            if (!found.equals(column.name()) && key.contains(column.name())) {
                throw new RefusedException(
                        entry.getValue(),
                        "Key column '" + column.name() + "' of table " + name + " is now " + wanted + " and was "
                                + types.get(column.name()) + ", which Iceberg cannot change; make the table anew");
            }
            names.put(Layout.Told.of(column), found);
            change(update, types, found, wanted).ifPresent(done::add);
        }
        for (NestedField field : table.schema().columns()) {
            if (field.isRequired() && !key.contains(field.name())) {
                update.makeColumnOptional(field.name());
                done.add(field.name() + " may be null");
            }
        }
        if (!done.isEmpty()) {
            LOG.info("Table {}: {}", name, done);
            update.commit();
            table.refresh();
        }
        return new Layout(table.schema(), names);
    }

    /** Returns the name of the column that holds values of a type, or would if it were made. */
    private static String place(Map<String, Type> types, String name, Type wanted) {
        Type there = types.get(name);
        return there == null || ColumnTypes.holding(there, wanted).isPresent()
                ? name
                : place(types, name + "_" + ColumnTypes.word(wanted), wanted);
    }

    private static Optional<String> change(UpdateSchema update, Map<String, Type> types, String column, Type wanted) {
        Type there = types.get(column);
        if (there == null) {
            update.addColumn(column, wanted);
            types.put(column, wanted);
            return Optional.of(column + " is added as " + wanted);
        }
        Type holding = ColumnTypes.holding(there, wanted).orElseThrow();
        if (holding.equals(there)) {
            return Optional.empty();
        }
        types.put(column, holding);
        if (holding.isListType()) {
            update.updateColumn(
                    column + ".element", holding.asListType().elementType().asPrimitiveType());
        } else {
            update.updateColumn(column, holding.asPrimitiveType());
        }
        return Optional.of(column + " is widened to " + holding);
    }
}
