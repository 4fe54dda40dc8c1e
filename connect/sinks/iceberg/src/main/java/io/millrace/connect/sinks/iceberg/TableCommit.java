package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.keyed.Reduction;
import io.millrace.connect.sinks.keyed.Row;
import io.millrace.connect.sinks.keyed.RowKey;
import io.millrace.connect.sinks.row.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;

/**
 * One commit of one table: a file of rows, and a file of keys whose rows of earlier commits are gone. Each key is there once,
 * so a commit deletes nothing of its own.
 */
final class TableCommit {
    private static final Set<TypeID> COMPARED = Set.of(TypeID.INTEGER, TypeID.LONG, TypeID.STRING, TypeID.DECIMAL);

    private final Table table;
    private final Layout layout;
    private final long mostBytes;

    /** The keys of each group of key columns whose rows of earlier commits are to go. */
    private final Map<List<NestedField>, Set<List<Object>>> gone = new LinkedHashMap<>();

    TableCommit(Table table, Layout layout, long mostBytes) {
        this.table = table;
        this.layout = layout;
        this.mostBytes = mostBytes;
    }

    /**
     * Commits.
     *
     * @param property what the snapshot says of it, with its name
     */
    void write(Pending pending, Map.Entry<String, String> property) throws IOException, RefusedException {
        NewFiles files = new NewFiles(table, mostBytes);
        try {
            TableRows rows = new TableRows(table);
            Map<List<NestedField>, List<FileScanTask>> earlier = earlierFiles(pending, rows);
            Map<List<Object>, Record> bases = bases(pending, rows, earlier);
            for (Row row : pending.additions()) {
                if (!pending.isRefused(row)) {
                    files.add(layout.record(row, layout.empty()));
                }
            }
            for (Map.Entry<Reduction.Form, List<Row>> group :
                    pending.reduction().upserts().entrySet()) {
                List<Column> key = group.getKey().key();
                for (Row row : group.getValue()) {
                    if (!pending.isRefused(row)) {
                        files.add(layout.record(row, base(bases, key, row)));
                    }
                }
            }
            List<DeleteFile> deletes = new ArrayList<>();
            for (Map.Entry<List<NestedField>, Set<List<Object>>> keys : gone.entrySet()) {
                if (!earlier.getOrDefault(keys.getKey(), List.of()).isEmpty()) {
                    deletes.add(files.deletes(keys.getKey(), keys.getValue()));
                }
            }
            commit(files.finished(), deletes, property);
        } catch (CommitStateUnknownException e) {
            throw e;
        } catch (IOException | RuntimeException | RefusedException e) {
            files.discard();
            throw e;
        }
    }

    private void commit(List<DataFile> rows, List<DeleteFile> deletes, Map.Entry<String, String> property) {
        if (rows.isEmpty() && deletes.isEmpty()) {
            return;
        }
        SnapshotUpdate<?> update;
        if (deletes.isEmpty()) {
            var append = table.newAppend();
            rows.forEach(append::appendFile);
            update = append;
        } else {
            RowDelta delta = table.newRowDelta();
            rows.forEach(delta::addRows);
            deletes.forEach(delta::addDeletes);
            update = delta;
        }
        update.set(property.getKey(), property.getValue());
        update.commit();
    }

    /** Returns the files of earlier commits that may hold rows of the keys; a load in the order of keys has none. */
    private Map<List<NestedField>, List<FileScanTask>> earlierFiles(Pending pending, TableRows rows)
            throws IOException, RefusedException {
        pending.reduction().deletes().values().forEach(keys -> keys.forEach(key -> add(key)));
        for (Map.Entry<Reduction.Form, List<Row>> group :
                pending.reduction().upserts().entrySet()) {
            for (Row row : group.getValue()) {
                if (!pending.isRefused(row)) {
                    gone.computeIfAbsent(layout.fields(group.getKey().key()), key -> new LinkedHashSet<>())
                            .add(key(group.getKey().key(), row));
                }
            }
        }
        Map<List<NestedField>, List<FileScanTask>> earlier = new HashMap<>();
        if (table.currentSnapshot() != null) {
            for (Map.Entry<List<NestedField>, Set<List<Object>>> keys : gone.entrySet()) {
                earlier.put(keys.getKey(), rows.files(range(keys.getKey().get(0), keys.getValue())));
            }
        }
        return earlier;
    }

    private void add(RowKey key) {
        Optional.ofNullable(layout.key(key)).ifPresent(values -> gone.computeIfAbsent(
                        layout.fields(key.columns()), columns -> new LinkedHashSet<>())
                .add(values));
    }

    private static Expression range(NestedField column, Set<List<Object>> keys) {
        if (!COMPARED.contains(column.type().typeId())) {
            return Expressions.alwaysTrue();
        }
        Comparator<Object> order = Comparators.forType(column.type().asPrimitiveType());
        Object least = keys.iterator().next().get(0);
        Object greatest = least;
        for (List<Object> key : keys) {
            least = order.compare(key.get(0), least) < 0 ? key.get(0) : least;
            greatest = order.compare(key.get(0), greatest) > 0 ? key.get(0) : greatest;
        }
        return Expressions.and(
                Expressions.greaterThanOrEqual(column.name(), least),
                Expressions.lessThanOrEqual(column.name(), greatest));
    }

    /** Reads the rows as they are of those that are told in part, so that the rest of them stays. */
    private Map<List<Object>, Record> bases(
            Pending pending, TableRows rows, Map<List<NestedField>, List<FileScanTask>> earlier)
            throws IOException, RefusedException {
        Map<List<NestedField>, Set<List<Object>>> asked = new HashMap<>();
        Set<List<Object>> anew = new HashSet<>();
        pending.reduction()
                .deletes()
                .values()
                .forEach(keys ->
                        keys.forEach(key -> Optional.ofNullable(layout.key(key)).ifPresent(anew::add)));
        for (Map.Entry<Reduction.Form, List<Row>> group :
                pending.reduction().upserts().entrySet()) {
            if (!layout.tellsAll(group.getKey().columns())) {
                List<Column> key = group.getKey().key();
                for (Row row : group.getValue()) {
                    List<Object> values = key(key, row);
                    if (!anew.contains(values)) {
                        asked.computeIfAbsent(layout.fields(key), columns -> new HashSet<>())
                                .add(values);
                    }
                }
            }
        }
        Map<List<Object>, Record> bases = new HashMap<>();
        for (Map.Entry<List<NestedField>, Set<List<Object>>> keys : asked.entrySet()) {
            for (FileScanTask file : earlier.getOrDefault(keys.getKey(), List.of())) {
                rows.read(file, row -> {
                    List<Object> key = Layout.values(row, keys.getKey());
                    if (keys.getValue().contains(key)) {
                        bases.put(key, row);
                    }
                });
            }
        }
        return bases;
    }

    private Record base(Map<List<Object>, Record> bases, List<Column> key, Row row) throws RefusedException {
        Record before = bases.isEmpty() ? null : bases.get(key(key, row));
        return before == null ? layout.empty() : before;
    }

    /** A row tells its key, under the same names. */
    private List<Object> key(List<Column> key, Row row) throws RefusedException {
        Object[] values = new Object[key.size()];
        for (int i = 0; i < values.length; i++) {
            int index = row.indexOf(key.get(i).name());
            values[i] = index < 0 ? null : row.values()[index];
        }
        List<Object> converted = layout.key(new RowKey(key, values));
        if (converted == null) {
            throw new RefusedException(
                    row.change(), "The key of table '" + row.change().table() + "' cannot be held by its columns");
        }
        return converted;
    }
}
