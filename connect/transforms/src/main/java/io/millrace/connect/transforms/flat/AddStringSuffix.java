package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.ColumnList;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.transforms.Transformation;

/** Adds {@code _str} to the names of columns that are text, so that values of two types go to two columns. */
public final class AddStringSuffix<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String COLUMNS = "fields.include.list";
    private static final String SUFFIX = "_str";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(COLUMNS, ConfigDef.Type.STRING, Importance.HIGH, "Columns to look at, as table.column.");

    private Optional<RowChanges> rows = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public AddStringSuffix() {}

    @Override
    public void configure(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        ColumnList columns = ColumnList.parse(COLUMNS, config.getString(COLUMNS));
        rows = Optional.of(new RowChanges((table, row) -> Projection.renaming(
                row,
                field -> isText(field.schema()) && columns.has(table, field.name())
                        ? Optional.of(field.name() + SUFFIX)
                        : Optional.empty())));
    }

    private static boolean isText(Schema column) {
        return column.type() == Schema.Type.STRING && !JsonColumn.isJson(column);
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
