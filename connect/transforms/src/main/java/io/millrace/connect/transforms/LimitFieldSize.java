package io.millrace.connect.transforms;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.Transformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts or empties large values of columns of text and bytes: in the row before and after a change, or in a value that is
 * a row itself. Schemas stay as they are. Decimals are bytes to Connect and numbers to people; they are never cut.
 */
public final class LimitFieldSize<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final Logger LOG = LoggerFactory.getLogger(LimitFieldSize.class);
    private static final String INCLUDE = "fields.include.list";
    private static final String EXCLUDE = "fields.exclude.list";
    private static final String MAX_FIELD = "max.field.size.bytes";
    private static final String BEHAVIOR = "oversized.field.behavior";
    private static final String SUFFIX = "truncation.suffix";
    private static final String MAX_RECORD = "max.record.size.bytes";
    private static final String SEMANTIC_TYPES = "semantic.types.exclude";
    private static final String REPLACE_NULL = "replace.null.with.default";
    private static final int MEBIBYTE = 1_048_576;
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(INCLUDE, ConfigDef.Type.STRING, Importance.HIGH, "Columns to look at, as table.column.")
            .define(EXCLUDE, ConfigDef.Type.STRING, "", Importance.MEDIUM, "Columns of these to leave alone.")
            .define(
                    MAX_FIELD,
                    ConfigDef.Type.INT,
                    MEBIBYTE,
                    ConfigDef.Range.atLeast(1),
                    Importance.HIGH,
                    "Most bytes of a value; text counts as UTF-8.")
            .define(
                    BEHAVIOR,
                    ConfigDef.Type.STRING,
                    SizeLimit.Behavior.TRUNCATE.name(),
                    ConfigDef.ValidString.in(SizeLimit.Behavior.TRUNCATE.name(), SizeLimit.Behavior.NULLIFY.name()),
                    Importance.HIGH,
                    "What becomes of a larger value.")
            .define(SUFFIX, ConfigDef.Type.STRING, "", Importance.LOW, "What follows a text that was cut.")
            .define(
                    MAX_RECORD,
                    ConfigDef.Type.INT,
                    -1,
                    Importance.LOW,
                    "Bytes from which on a record is worth a warning; -1 for none.")
            .define(SEMANTIC_TYPES, ConfigDef.Type.LIST, "", Importance.MEDIUM, "Names of schemas to leave alone.")
            .define(
                    REPLACE_NULL,
                    ConfigDef.Type.BOOLEAN,
                    true,
                    Importance.MEDIUM,
                    "Whether a null in a column that is looked at becomes the default of the column.");

    private record Settings(
            ColumnList include,
            ColumnList exclude,
            Set<String> excludedTypes,
            SizeLimit limit,
            int maxRecord,
            boolean replaceNull) {}

    private record Shape(String topic, Schema value) {}

    private final Derived<Shape, List<Field>> checked = new Derived<>();
    private Optional<Settings> settings = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public LimitFieldSize() {}

    @Override
    public void configure(Map<String, ?> given) {
        AbstractConfig config = new AbstractConfig(DEFINITION, given, false);
        settings = Optional.of(new Settings(
                ColumnList.parse(INCLUDE, config.getString(INCLUDE)),
                ColumnList.parse(EXCLUDE, config.getString(EXCLUDE)),
                Set.copyOf(config.getList(SEMANTIC_TYPES)),
                limit(config),
                config.getInt(MAX_RECORD),
                config.getBoolean(REPLACE_NULL)));
    }

    private static SizeLimit limit(AbstractConfig config) {
        try {
            return new SizeLimit(
                    config.getInt(MAX_FIELD),
                    SizeLimit.Behavior.valueOf(config.getString(BEHAVIOR)),
                    config.getString(SUFFIX));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(SUFFIX, config.getString(SUFFIX), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public R apply(R record) {
        Settings present = settings.orElseThrow();
        R limited = record.value() instanceof Struct value ? limit(record, value, present) : record;
        if (present.maxRecord() >= 0 && RecordSize.of(limited) > present.maxRecord()) {
            LOG.warn(
                    "A record for topic {} has about {} bytes, more than the {} that are worth this warning",
                    record.topic(),
                    RecordSize.of(limited),
                    present.maxRecord());
        }
        return limited;
    }

    private R limit(R record, Struct value, Settings present) {
        Optional<Envelope> envelope = Envelope.of(record);
        List<Field> fields = checked.of(new Shape(record.topic(), value.schema()), shape -> envelope.map(
                        change -> fields(change.rowSchema(), TableNames.of(shape.topic(), change.source()), present))
                .orElseGet(() -> fields(shape.value(), TableNames.of(shape.topic()), present)));
        if (fields.isEmpty()) {
            return record;
        }
        Struct limited = envelope.map(
                        change -> change.withRows(value.schema(), (row, schema) -> limit(row, fields, present)))
                .orElseGet(() -> limit(value, fields, present));
        return Records.withValue(record, limited);
    }

    private static Struct limit(Struct row, List<Field> fields, Settings present) {
        Optional<Struct> limited = Optional.empty();
        for (Field field : fields) {
            Object is = row.getWithoutDefault(field.name());
            Object may = present.limit().apply(field, present.replaceNull() ? row.get(field.name()) : is);
            if (may != is) {
                Struct copy = limited.orElseGet(() -> Structs.copy(row, row.schema()));
                limited = Optional.of(copy.put(field.name(), may));
            }
        }
        return limited.orElse(row);
    }

    private static List<Field> fields(Schema row, TableNames table, Settings present) {
        return row.fields().stream()
                .filter(field -> field.schema().type() == Schema.Type.STRING
                        || field.schema().type() == Schema.Type.BYTES)
                .filter(field -> !present.excludedTypes()
                        .contains(String.valueOf(field.schema().name())))
                .filter(field -> present.include().has(table, field.name()))
                .filter(field -> !present.exclude().has(table, field.name()))
                .toList();
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
