package io.millrace.connect.sinks.row;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The columns of rows of one schema, and how their values are read. Immutable. */
public final class RowShape {
    private final List<Column> columns;
    private final List<Field> fields;
    private final List<ValueReader> readers;

    private RowShape(Schema schema) {
        List<Column> named = new ArrayList<>();
        List<ValueReader> reading = new ArrayList<>();
        for (Field field : schema.fields()) {
            Reading how = Readings.of(field.schema());
            named.add(new Column(field.name(), how.type(), field.schema().isOptional()));
            reading.add(how.reader());
        }
        columns = List.copyOf(named);
        fields = List.copyOf(schema.fields());
        readers = List.copyOf(reading);
    }

    /** Returns the columns in the order of the schema. */
    public List<Column> columns() {
        return columns;
    }

    /**
     * Returns the values of a row in the order of {@link #columns()}.
     *
     * @throws RuntimeException when a value is not what its schema says
     */
    public @Nullable Object[] values(Struct row) {
        @Nullable Object[] values = new Object[readers.size()];
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i);
            // By its place where that is enough: only the look-up by name can leave a default alone.
            Object value = field.schema().defaultValue() == null ? row.get(field) : row.getWithoutDefault(field.name());
            values[i] = value == null ? null : readers.get(i).read(value);
        }
        return values;
    }

    /** Remembers the shapes of schemas, as many as are in use at a time. Not thread-safe. */
    public static final class Cache {
        /** How many are remembered. */
        public static final int MOST = 1_000;

        private final IdentityHashMap<Schema, RowShape> shapes = new IdentityHashMap<>();

        /** Returns the shape of a schema that is a struct. */
        public RowShape of(Schema schema) {
            RowShape known = shapes.get(schema);
            if (known == null) {
                if (shapes.size() >= MOST) {
                    shapes.clear();
                }
                known = new RowShape(schema);
                shapes.put(schema, known);
            }
            return known;
        }
    }
}
