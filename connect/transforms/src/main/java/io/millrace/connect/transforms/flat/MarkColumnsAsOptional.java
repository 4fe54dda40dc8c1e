package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.ColumnList;
import io.millrace.connect.transforms.TableNames;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.transforms.Transformation;

/** Lets columns of rows be null. Keys stay as they are. */
public final class MarkColumnsAsOptional<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String COLUMNS = "fields.include.list";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(COLUMNS, ConfigDef.Type.STRING, Importance.HIGH, "Columns, as table.column, or * for all.");

    private Optional<RowChanges> rows = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public MarkColumnsAsOptional() {}

    @Override
    public void configure(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        ColumnList columns = ColumnList.parse(COLUMNS, config.getString(COLUMNS));
        rows = Optional.of(new RowChanges((table, row) -> Projection.of(
                row,
                row.fields().stream()
                        .map(field -> new Projection.Column(field.name(), type(columns, table, field), field))
                        .toList())));
    }

    private static Schema type(ColumnList columns, TableNames table, Field field) {
        return columns.has(table, field.name()) ? ColumnTypes.optional(field.schema()) : field.schema();
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
