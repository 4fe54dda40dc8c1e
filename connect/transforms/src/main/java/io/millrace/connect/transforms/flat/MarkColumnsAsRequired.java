package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.Structs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;

/** Lets no column of a row be null. A null makes the record fail, or becomes the smallest value of its type. */
public final class MarkColumnsAsRequired<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String MODE = "null.sentinel.mode";
    private static final String NONE = "NONE";
    private static final String TYPE_MIN = "TYPE_MIN";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    MODE,
                    ConfigDef.Type.STRING,
                    NONE,
                    ConfigDef.ValidString.in(NONE, TYPE_MIN),
                    Importance.HIGH,
                    "What becomes of a null.");

    /** A column, and what a null in it becomes; empty where it makes the record fail. */
    private record Required(Field source, Optional<Object> sentinel) {
        Object value(Struct row) {
            Object value = Structs.value(row, source);
            return value == null ? sentinel.orElseThrow(() -> refusal(row)) : value;
        }

        private DataException refusal(Struct row) {
            return new DataException("Column '" + source.name() + "' of "
                    + row.schema().name() + " is null; a column that is marked as required must have a value");
        }
    }

    private Optional<RowChanges> rows = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public MarkColumnsAsRequired() {}

    @Override
    public void configure(Map<String, ?> settings) {
        boolean replaces =
                new AbstractConfig(DEFINITION, settings, false).getString(MODE).equals(TYPE_MIN);
        rows = Optional.of(new RowChanges((table, row) -> change(row, replaces)));
    }

    private static RowChange change(Schema row, boolean replaces) {
        SchemaBuilder builder = Structs.outline(row);
        row.fields().forEach(field -> builder.field(field.name(), ColumnTypes.required(field.schema())));
        Schema target = builder.build();
        List<Required> columns = row.fields().stream()
                .map(field -> new Required(field, replaces ? Sentinels.of(field.schema()) : Optional.empty()))
                .toList();
        return target.equals(row) ? RowChange.NONE : given -> copy(given, target, columns);
    }

    private static Struct copy(Struct given, Schema target, List<Required> columns) {
        Struct copy = new Struct(target);
        for (Field field : target.fields()) {
            copy.put(field, columns.get(field.index()).value(given));
        }
        return copy;
    }

    @Override
    public R apply(R record) {
        return rows.orElseThrow().apply(record);
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
