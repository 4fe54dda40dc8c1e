package io.millrace.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue as clients read it: definitions by display name. */
public final class CatalogueView {
    private CatalogueView() {}

    /**
     * A connector in the contract's form.
     *
     * @param note an extension: what to know before it is used
     */
    public record Definition(
            String connector,
            String displayName,
            Optional<List<String>> schemaLevels,
            Optional<String> debeziumConnectorName,
            Optional<String> note,
            List<Entry> config) {
        public Definition {
            config = List.copyOf(config);
        }
    }

    /** A key in the contract's form. */
    public record Entry(
            String name,
            Optional<String> description,
            boolean userDefined,
            boolean required,
            int orderOfDisplay,
            Optional<String> displayName,
            Value value,
            Optional<String> tab,
            boolean encrypt,
            List<Condition> conditions,
            boolean notClonable,
            boolean setOnce) {
        public Entry {
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * How a value is entered.
     *
     * @param type {@code raw} when a client gives it, {@code dynamic} when the server makes it
     * @param rawValues the choices, if there are any
     */
    public record Value(
            String control,
            String type,
            @JsonProperty("default") Optional<JsonNode> whenAbsent,
            Optional<List<JsonNode>> rawValues,
            Optional<JsonNode> min,
            Optional<JsonNode> max) {}

    /** Returns the definitions, grouped by display name. */
    public static Map<String, List<Definition>> of(List<ConnectorDefinition> connectors) {
        Map<String, List<Definition>> byName = new LinkedHashMap<>();
        for (ConnectorDefinition connector : connectors) {
            byName.computeIfAbsent(connector.displayName(), name -> new ArrayList<>())
                    .add(definition(connector));
        }
        return byName;
    }

    private static Definition definition(ConnectorDefinition connector) {
        List<Entry> entries = new ArrayList<>();
        for (ConfigKey key : connector.keys()) {
            entries.add(entry(key, entries.size()));
        }
        return new Definition(
                connector.code(),
                connector.displayName(),
                Optional.of(connector.schemaLevels()).filter(levels -> !levels.isEmpty()),
                connector.debeziumName(),
                connector.note(),
                entries);
    }

    private static Entry entry(ConfigKey key, int order) {
        return new Entry(
                key.name(),
                key.description(),
                !key.serverFilled(),
                key.required() || key.requiredWhenShown(),
                order,
                key.displayName(),
                new Value(
                        control(key),
                        key.serverFilled() ? "dynamic" : "raw",
                        key.whenAbsent(),
                        Optional.of(key.allowed()).filter(values -> !values.isEmpty()),
                        number(key.min()),
                        number(key.max())),
                key.tab(),
                key.secret(),
                key.conditions(),
                key.notClonable(),
                key.setOnce());
    }

    private static String control(ConfigKey key) {
        if (key.secret()) {
            return "password";
        }
        if (key.json()) {
            return "json";
        }
        if (!key.allowed().isEmpty()) {
            return "one-select";
        }
        return switch (key.type()) {
            case STRING -> "string";
            case INT -> "number";
            case BOOL -> "boolean";
            case LIST -> "multi-select";
            case MAP -> "json";
        };
    }

    private static Optional<JsonNode> number(Optional<BigInteger> bound) {
        return bound.map(BigIntegerNode::valueOf);
    }
}
