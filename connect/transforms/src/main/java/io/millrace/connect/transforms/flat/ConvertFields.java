package io.millrace.connect.transforms.flat;

import io.millrace.connect.transforms.ColumnList;
import io.millrace.connect.transforms.TableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.transforms.Transformation;

/** Converts columns to one type. Where a value does not fit it, the column keeps its type and the value in that row. */
public final class ConvertFields<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String TO = "to";
    private static final String COLUMNS = "fields.include.list";
    private static final String ALL_COMPLEX = "convert.all.complex.types";
    private static final String ALL_JSON = "convert.all.json";
    private static final String TRUNCATE = "truncate.to.max.precision";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    TO,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.ValidString.in("int64", "float64", "decimal", "string", "json", "jsonb"),
                    Importance.HIGH,
                    "The type.")
            .define(COLUMNS, ConfigDef.Type.STRING, "", Importance.HIGH, "Columns to convert, as table.column.")
            .define(
                    ALL_COMPLEX,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Whether all structs, arrays and maps are converted.")
            .define(ALL_JSON, ConfigDef.Type.BOOLEAN, false, Importance.MEDIUM, "Whether all JSON is converted.")
            .define(
                    TRUNCATE,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Whether decimals lose the digits that do not fit.");

    /** Says which columns are converted. */
    private record Selection(ColumnList listed, boolean allComplex, boolean allJson) {
        boolean has(TableNames table, Field field) {
            return listed.has(table, field.name())
                    || allComplex && JsonColumn.isComplex(field.schema())
                    || allJson && JsonColumn.isJson(field.schema());
        }
    }

    private Optional<RowChanges> rows = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public ConvertFields() {}

    @Override
    public void configure(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        Selection selected = new Selection(
                ColumnList.parse(COLUMNS, config.getString(COLUMNS)),
                config.getBoolean(ALL_COMPLEX),
                config.getBoolean(ALL_JSON));
        Conversion conversion = conversion(config);
        rows = Optional.of(new RowChanges((table, row) -> change(table, row, selected, conversion)));
    }

    private static Conversion conversion(AbstractConfig config) {
        return switch (config.getString(TO)) {
            case "int64" -> new ToInt();
            case "float64" -> new ToFloat();
            case "decimal" -> new ToDecimal(config.getBoolean(TRUNCATE));
            case "string" -> new ToText();
            case "json" -> new ToJson(false);
            case "jsonb" -> new ToJson(true);
            default -> throw new ConfigException(TO, config.getString(TO));
        };
    }

    private static RowChange change(TableNames table, Schema row, Selection selected, Conversion conversion) {
        List<ColumnConversions.Target> targets = new ArrayList<>();
        for (Field field : row.fields()) {
            if (selected.has(table, field)) {
                conversion
                        .of(field.schema())
                        .ifPresent(converted -> targets.add(new ColumnConversions.Target(field, converted)));
            }
        }
        return targets.isEmpty() ? RowChange.NONE : new ColumnConversions(row, targets);
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
