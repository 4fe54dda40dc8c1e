package io.millrace.connect.sinks.sql;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.keyed.Reduction;
import io.millrace.connect.sinks.keyed.Row;
import io.millrace.connect.sinks.keyed.RowKey;
import io.millrace.connect.sinks.keyed.RowKeys;
import io.millrace.connect.sinks.row.Column;
import io.millrace.connect.sinks.row.RowShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Writes the changes of one table, inside the transaction of others. Not thread-safe. */
final class TableWriter {
    private static final int MOST_FORMS = 1_000;

    private final Dialect dialect;
    private final SqlSettings settings;
    private final TableName name;
    private final TableEvolution evolution;
    private final RowKeys keys;
    private final RowShape.Cache shapes = new RowShape.Cache();
    private final Map<List<Column>, List<Column>> folded = new HashMap<>();
    private final Map<Reduction.Form, TargetTable> fitting = new HashMap<>();

    TableWriter(Dialect dialect, SqlSettings settings, TableName name) {
        this.dialect = dialect;
        this.settings = settings;
        this.name = name;
        evolution = new TableEvolution(dialect, settings.evolve(), settings.upsert() && dialect.declaresKeys());
        keys = new RowKeys(settings.key());
    }

    void write(Connection connection, List<Change> changes) throws SQLException, RefusedException {
        Pending pending = new Pending(new Reduction(), new LinkedHashMap<>());
        for (Change change : changes) {
            if (change.kind() == Change.Kind.TRUNCATE) {
                truncate(connection, pending);
                pending = new Pending(new Reduction(), new LinkedHashMap<>());
            } else {
                add(pending, change);
            }
        }
        flush(connection, pending);
    }

    /** What is to be written: the last state of each key, and rows that have none. */
    private record Pending(Reduction reduction, Map<List<Column>, List<Row>> additions) {}

    private void add(Pending pending, Change change) throws RefusedException {
        Optional<RowKey> key = settings.upsert() ? keys.of(change) : Optional.empty();
        Optional<Row> row = row(change);
        if (key.isEmpty()) {
            row.ifPresent(added -> pending.additions()
                    .computeIfAbsent(added.columns(), columns -> new ArrayList<>())
                    .add(added));
        } else if (change.kind() == Change.Kind.UPSERT) {
            pending.reduction().put(key.get(), row.orElseThrow());
        } else if (settings.hardDelete()) {
            pending.reduction().remove(key.get());
        } else if (row.isPresent()) {
            pending.reduction().put(key.get(), row.get().only(key.get().names()));
        }
    }

    private void flush(Connection connection, Pending pending) throws SQLException, RefusedException {
        delete(connection, pending.reduction());
        upsert(connection, pending.reduction());
        append(connection, pending.additions());
    }

    private void truncate(Connection connection, Pending before) throws SQLException, RefusedException {
        if (settings.upsert() && settings.hardDelete()) {
            if (dialect.find(connection, name).isPresent()) {
                dialect.truncate(connection, name);
            }
            return;
        }
        flush(connection, before);
        if (settings.upsert() && dialect.find(connection, name).isPresent()) {
            dialect.markDeleted(connection, name);
        }
    }

    private Optional<Row> row(Change change) throws RefusedException {
        Optional<Struct> struct = change.row();
        if (struct.isEmpty()) {
            return Optional.empty();
        }
        RowShape shape = shapes.of(struct.get().schema());
        try {
            return Optional.of(new Row(change, folded(shape.columns()), shape.values(struct.get())));
        } catch (RuntimeException e) {
            throw new RefusedException(change, "A value is not what its schema says: " + e.getMessage());
        }
    }

    private void delete(Connection connection, Reduction reduction) throws SQLException {
        for (Map.Entry<List<String>, List<RowKey>> group : reduction.deletes().entrySet()) {
            Optional<TargetTable> table = dialect.find(connection, name);
            List<String> names = group.getKey().stream().map(dialect::folded).toList();
            if (table.isEmpty() || !table.get().columns().keySet().containsAll(names)) {
                continue;
            }
            List<TargetColumn> columns = names.stream()
                    .map(column -> table.get().columns().get(column))
                    .toList();
            dialect.delete(connection, new Rows(table.get(), columns, names, values(group.getValue())));
        }
    }

    private static List<@Nullable Object[]> values(List<RowKey> keys) {
        List<@Nullable Object[]> values = new ArrayList<>(keys.size());
        keys.forEach(key -> values.add(key.values()));
        return values;
    }

    private void upsert(Connection connection, Reduction reduction) throws SQLException, RefusedException {
        for (Map.Entry<Reduction.Form, List<Row>> group : reduction.upserts().entrySet()) {
            dialect.upsert(connection, rows(connection, group.getKey(), group.getValue()));
        }
    }

    private void append(Connection connection, Map<List<Column>, List<Row>> additions)
            throws SQLException, RefusedException {
        for (Map.Entry<List<Column>, List<Row>> group : additions.entrySet()) {
            dialect.append(
                    connection, rows(connection, new Reduction.Form(List.of(), group.getKey()), group.getValue()));
        }
    }

    private Rows rows(Connection connection, Reduction.Form form, List<Row> rows)
            throws SQLException, RefusedException {
        List<String> key =
                form.key().stream().map(column -> dialect.folded(column.name())).toList();
        TargetTable table = fitting.get(form);
        if (table == null) {
            table = evolution.fit(
                    connection,
                    new TableEvolution.Wanted(
                            name, form.columns(), key, rows.get(0).change()));
            if (fitting.size() >= MOST_FORMS) {
                fitting.clear();
            }
            fitting.put(form, table);
        }
        TargetTable target = table;
        List<TargetColumn> columns = form.columns().stream()
                .map(column -> target.column(column.name()).orElseThrow())
                .toList();
        List<@Nullable Object[]> values = new ArrayList<>(rows.size());
        rows.forEach(row -> values.add(row.values()));
        return new Rows(target, columns, key, values);
    }

    private List<Column> folded(List<Column> columns) {
        List<Column> known = folded.get(columns);
        if (known == null) {
            if (folded.size() >= MOST_FORMS) {
                folded.clear();
            }
            known = columns.stream()
                    .map(column -> new Column(dialect.folded(column.name()), column.type(), column.optional()))
                    .toList();
            folded.put(columns, known);
        }
        return known;
    }

    /** Looks at the table anew before the next batch: what was done to it may have been taken back. */
    void forget() {
        fitting.clear();
    }
}
