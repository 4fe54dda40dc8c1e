package io.millrace.connect.transforms.flat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Gives columns other names, in rows and in keys alike: under its old name, a key would be a second column at the
 * destination. A name that the row has already is not given again.
 */
public final class RenameFields<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final String RENAMES = "renames";
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    RENAMES,
                    ConfigDef.Type.STRING,
                    Importance.HIGH,
                    "JSON object of new names by column, table.column or schema.table.column.");

    private record Rename(ColumnList.Item column, String name) {}

    private Optional<RowChanges> rows = Optional.empty();

    /** For Connect, which calls {@link #configure} next. */
    public RenameFields() {}

    @Override
    public void configure(Map<String, ?> settings) {
        List<Rename> renames = parse(new AbstractConfig(DEFINITION, settings, false).getString(RENAMES));
        rows = Optional.of(new RowChanges(
                (table, row) -> Projection.renaming(row, field -> newName(renames, table, field.name()))));
    }

    private static List<Rename> parse(String text) {
        List<Rename> renames = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : object(text).properties()) {
            renames.add(new Rename(
                    ColumnList.Item.reference(member.getKey()),
                    member.getValue().asText()));
        }
        return renames;
    }

    private static JsonNode object(String text) {
        try {
            JsonNode json = new ObjectMapper().readTree(text);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new ConfigException(RENAMES, text, "no JSON: " + e.getOriginalMessage());
        }
        throw new ConfigException(RENAMES, text, "no JSON object");
    }

    private static Optional<String> newName(List<Rename> renames, TableNames table, String column) {
        return renames.stream()
                .filter(rename -> rename.column().matches(table, column))
                .map(Rename::name)
                .findFirst();
    }

    @Override
    public R apply(R record) {
        RowChanges changes = rows.orElseThrow();
        return changes.applyToKey(changes.apply(record));
    }

    @Override
    public ConfigDef config() {
        return DEFINITION;
    }

    @Override
    public void close() {}
}
