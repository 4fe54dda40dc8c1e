package io.millrace.connect.sinks.keyed;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.row.Column;
import io.millrace.connect.sinks.row.RowShape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Finds the key of each row. Not thread-safe. */
public final class RowKeys {
    private final KeyChoice choice;
    private final RowShape.Cache shapes = new RowShape.Cache();
    private final IdentityHashMap<RowShape, Position> positions = new IdentityHashMap<>();

    /** Where in the holder the columns of the key are. */
    private record Position(List<Column> columns, List<Integer> indices) {}

    /** @param choice where keys are taken from */
    public RowKeys(KeyChoice choice) {
        this.choice = choice;
    }

    /**
     * Returns the key of the row that a change is about; nothing when it has none.
     *
     * @throws RefusedException when a column of the key is missing or null
     */
    public Optional<RowKey> of(Change change) throws RefusedException {
        Optional<Struct> holder =
                switch (choice.holder()) {
                    case RECORD_KEY -> change.key();
                    case RECORD_VALUE -> change.row();
                    case NONE -> Optional.empty();
                };
        return holder.isPresent() ? Optional.of(of(change, holder.get())) : Optional.empty();
    }

    private RowKey of(Change change, Struct holder) throws RefusedException {
        RowShape shape = shapes.of(holder.schema());
        Position position = positions.get(shape);
        if (position == null) {
            if (positions.size() > RowShape.Cache.MOST) {
                positions.clear();
            }
            position = locate(change, shape, holder.schema());
            positions.put(shape, position);
        }
        @Nullable Object[] values = shape.values(holder);
        Object[] key = new Object[position.indices().size()];
        for (int i = 0; i < key.length; i++) {
            int index = position.indices().get(i);
            Object value = values[index];
            if (value == null) {
                throw new RefusedException(
                        change,
                        "Key column '" + shape.columns().get(index).name() + "' of table '" + change.table()
                                + "' is null");
            }
            key[i] = value;
        }
        return new RowKey(position.columns(), key);
    }

    private Position locate(Change change, RowShape shape, Schema schema) throws RefusedException {
        List<Column> columns = new ArrayList<>();
        List<String> wanted = choice.columns().isEmpty()
                ? shape.columns().stream().map(Column::name).toList()
                : choice.columns();
        List<Integer> indices = new ArrayList<>();
        for (String column : wanted) {
            if (schema.field(column) == null) {
                throw new RefusedException(
                        change,
                        "Key column '" + column + "' is not in the records of table '" + change.table()
                                + "'; correct the columns of the key in the destination");
            }
            indices.add(schema.field(column).index());
            columns.add(shape.columns().get(schema.field(column).index()));
        }
        return new Position(List.copyOf(columns), List.copyOf(indices));
    }
}
