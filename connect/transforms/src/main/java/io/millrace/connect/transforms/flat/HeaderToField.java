package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.AddedField;
import io.millrace.connect.transforms.ColumnList;
import io.millrace.connect.transforms.Records;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Values;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Copies headers into columns. A header that a record does not have is a null; one that cannot be read as its type makes
 * the record fail.
 */
public final class HeaderToField<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String MAPPINGS = "header.mappings";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(MAPPINGS, ConfigDef.Type.STRING, Importance.HIGH, "Items header:TYPE or header:TYPE:field.");

    private static final Set<String> TYPES =
            Set.of("BOOLEAN", "INT8", "INT16", "INT32", "INT64", "FLOAT32", "FLOAT64", "STRING");

    private record Mapping(String header, Schema type, AddedField field) {
        static Mapping of(String header, Schema type, String field) {
            return new Mapping(header, type, new AddedField(field, type));
        }

        @Nullable
        Object value(ConnectRecord<?> record) {
            Header found = record.headers().lastWithName(header);
            return found == null || found.value() == null ? null : convert(found.schema(), found.value());
        }

        private Object convert(@Nullable Schema from, Object value) {
            return switch (type.type()) {
                case BOOLEAN -> Values.convertToBoolean(from, value);
                case INT8 -> Values.convertToByte(from, value);
                case INT16 -> Values.convertToShort(from, value);
                case INT32 -> Values.convertToInteger(from, value);
                case INT64 -> Values.convertToLong(from, value);
                case FLOAT32 -> Values.convertToFloat(from, value);
                case FLOAT64 -> Values.convertToDouble(from, value);
                default -> Values.convertToString(from, value);
            };
        }
    }

    private List<Mapping> mappings = List.of();

    /** For Connect, which calls {@link #configure} next. */
    public HeaderToField() {}

    @Override
    public void configure(Map<String, ?> settings) {
        String items = new AbstractConfig(DEFINITION, settings, false).getString(MAPPINGS);
        mappings = ColumnList.split(items).stream().map(HeaderToField::parse).toList();
    }

    private static Mapping parse(String item) {
        String[] parts = item.split(":", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isBlank() || parts[parts.length - 1].isBlank()) {
            throw new ConfigException(MAPPINGS, item, "not of the form header:TYPE or header:TYPE:field");
        }
        String header = parts[0].strip();
        return Mapping.of(header, type(item, parts[1].strip()), parts.length == 3 ? parts[2].strip() : header);
    }

    private static Schema type(String item, String name) {
        Schema.Type type = Optional.of(name.toUpperCase(Locale.ROOT))
                .filter(TYPES::contains)
                .map(Schema.Type::valueOf)
                .orElseThrow(() -> new ConfigException(MAPPINGS, item, "'" + name + "' is no type of a header"));
        return SchemaBuilder.type(type).optional().build();
    }

    @Override
    public R apply(R record) {
        if (!(record.value() instanceof Struct row)) {
            return record;
        }
        Struct extended = row;
        for (Mapping mapping : mappings) {
            extended = mapping.field().extend(extended, mapping.value(record));
        }
        return Records.withValue(record, extended);
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
