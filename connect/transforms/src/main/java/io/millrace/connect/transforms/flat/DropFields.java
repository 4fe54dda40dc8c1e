package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.ColumnList;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.Transformation;

/** Takes columns out of rows. Keys keep theirs. */
public final class DropFields<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String COLUMNS = "fields.include.list";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(COLUMNS, ConfigDef.Type.STRING, Importance.HIGH, "Columns to leave out, as table.column.");

    private Optional<RowChanges> rows = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public DropFields() {}

    @Override
    public void configure(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        ColumnList dropped = ColumnList.parse(COLUMNS, config.getString(COLUMNS));
        rows = Optional.of(new RowChanges((table, row) -> Projection.of(
                row,
                row.fields().stream()
                        .filter(field -> !dropped.has(table, field.name()))
                        .map(Projection.Column::same)
                        .toList())));
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
