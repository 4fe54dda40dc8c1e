package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.ColumnList;
import io.millrace.connect.transforms.TableNames;
import java.util.ArrayList;
import java.util.HashSet;
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
import org.apache.kafka.connect.transforms.Transformation;

/** Copies columns, behind those that are there. A column that is there already stays as it is. */
public final class CopyField<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String MAPPING = "copy.field.mapping";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    MAPPING,
                    ConfigDef.Type.STRING,
                    Importance.HIGH,
                    "Pairs old:new; the old column may have its table in front.");

    private record Copy(ColumnList.Item from, String to) {}

    private Optional<RowChanges> rows = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public CopyField() {}

    @Override
    public void configure(Map<String, ?> settings) {
        String pairs = new AbstractConfig(DEFINITION, settings, false).getString(MAPPING);
        List<Copy> copies =
                ColumnList.split(pairs).stream().map(CopyField::parse).toList();
        rows = Optional.of(new RowChanges((table, row) -> Projection.of(row, columns(copies, table, row))));
    }

    private static Copy parse(String pair) {
        int colon = pair.lastIndexOf(':');
        if (colon < 1 || colon == pair.length() - 1) {
            throw new ConfigException(MAPPING, pair, "not of the form old:new");
        }
        return new Copy(
                ColumnList.Item.reference(pair.substring(0, colon).strip()),
                pair.substring(colon + 1).strip());
    }

    private static List<Projection.Column> columns(List<Copy> copies, TableNames table, Schema row) {
        List<Projection.Column> columns = new ArrayList<>(
                row.fields().stream().map(Projection.Column::same).toList());
        Set<String> taken = new HashSet<>(row.fields().stream().map(Field::name).toList());
        for (Copy copy : copies) {
            row.fields().stream()
                    .filter(field -> copy.from().matches(table, field.name()))
                    .filter(field -> taken.add(copy.to()))
                    .forEach(field -> columns.add(new Projection.Column(copy.to(), field.schema(), field)));
        }
        return columns;
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
