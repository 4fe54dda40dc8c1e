package io.millrace.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A connector as the contract describes it, whether or not it is installed.
 *
 * @param debeziumName what Debezium calls it
 * @param note what to know before it is used
 * @param schemaLevels levels of names above and including the table, outermost first
 * @param keys in the order of the contract
 */
public record ConnectorDefinition(
        String code,
        String displayName,
        Optional<String> debeziumName,
        Optional<String> note,
        List<String> schemaLevels,
        Map<String, ConfigKey> byName,
        List<ConfigKey> keys) {
    public ConnectorDefinition {
        schemaLevels = List.copyOf(schemaLevels);
        byName = Map.copyOf(byName);
        keys = List.copyOf(keys);
    }

    /** Returns the key of a name; the catalogue does not know every key that clients send. */
    public Optional<ConfigKey> key(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    static ConnectorDefinition of(JsonNode entry) {
        List<ConfigKey> keys = new ArrayList<>();
        entry.get("config").forEach(key -> keys.add(ConfigKey.of(key)));
        List<String> levels = new ArrayList<>();
        entry.path("schema_levels").forEach(level -> levels.add(level.textValue()));
        return new ConnectorDefinition(
                entry.get("code").textValue(),
                entry.get("display_name").textValue(),
                Optional.ofNullable(entry.get("debezium_connector_name")).map(JsonNode::textValue),
                Optional.ofNullable(entry.get("note")).map(JsonNode::textValue),
                levels,
                keys.stream().collect(Collectors.toMap(ConfigKey::name, Function.identity())),
                keys);
    }
}
