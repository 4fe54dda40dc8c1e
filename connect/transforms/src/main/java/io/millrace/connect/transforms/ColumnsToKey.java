package io.millrace.connect.transforms;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Copies columns of the row into the record key, behind those that are there; they stay in the row. A record of a table
 * without a key gets a key of these columns alone.
 *
 * <p>A tombstone carries no row. It follows its delete at once, and gets the key that the delete got.
 */
public final class ColumnsToKey<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String COLUMNS = "fields.include.list";
    private static final String REPLACE_NULL = "replace.null.with.default";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(COLUMNS, ConfigDef.Type.STRING, Importance.HIGH, "Columns to copy, as table.column.")
            .define(
                    REPLACE_NULL,
                    ConfigDef.Type.BOOLEAN,
                    true,
                    Importance.MEDIUM,
                    "Whether a null is read as the default of its column.");

    private record Shape(String topic, @Nullable Schema key, Schema value) {}

    private record Plan(Schema key, List<String> columns) {}

    private record Deleted(String topic, @Nullable Object before, Struct key) {}

    private final Derived<Shape, Plan> plans = new Derived<>();
    private ColumnList columns = new ColumnList(List.of());
    private boolean replaceNull = true;
    private Optional<Deleted> lastDeleted = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public ColumnsToKey() {}

    @Override
    public void configure(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        columns = ColumnList.parse(COLUMNS, config.getString(COLUMNS));
        replaceNull = config.getBoolean(REPLACE_NULL);
    }

    @Override
    public R apply(R record) {
        if (Objects.isNull(record.value())) {
            return tombstone(record);
        }
        return Envelope.of(record)
                .flatMap(envelope -> envelope.row().map(row -> change(record, envelope, row)))
                .orElse(record);
    }

    private R change(R record, Envelope envelope, Struct row) {
        Plan plan = plans.of(
                new Shape(record.topic(), record.keySchema(), envelope.schema()), shape -> plan(shape, envelope));
        if (plan.columns().isEmpty()) {
            return record;
        }
        Struct key =
                record.key() instanceof Struct present ? Structs.copy(present, plan.key()) : new Struct(plan.key());
        for (String column : plan.columns()) {
            key.put(column, replaceNull ? row.get(column) : row.getWithoutDefault(column));
        }
        if (envelope.isDelete()) {
            lastDeleted = Optional.of(new Deleted(record.topic(), record.key(), key));
        }
        return Records.withKey(record, key, plan.key());
    }

    private Plan plan(Shape shape, Envelope envelope) {
        TableNames table = TableNames.of(shape.topic(), envelope.source());
        Optional<Schema> present = Optional.ofNullable(shape.key());
        List<Field> added = envelope.rowSchema().fields().stream()
                .filter(field -> columns.has(table, field.name()))
                .filter(field -> present.map(key -> key.field(field.name())).isEmpty())
                .toList();
        SchemaBuilder key = present.map(Structs::outlineWithFields)
                .orElseGet(() -> SchemaBuilder.struct().name(shape.topic() + ".Key"));
        added.forEach(field -> key.field(field.name(), field.schema()));
        return new Plan(key.build(), added.stream().map(Field::name).toList());
    }

    private R tombstone(R record) {
        return lastDeleted
                .filter(last -> last.topic().equals(record.topic()) && Objects.equals(last.before(), record.key()))
                .map(last -> Records.withKey(record, last.key(), last.key().schema()))
                .orElse(record);
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
