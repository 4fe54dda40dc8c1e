package io.millrace.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConfigValues;
import io.millrace.catalogue.ConnectorDefinition;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** Configurations as clients send them that know every key of a connector. */
public final class FilledConfigs {
    /** Lists that have to agree with each other. */
    private static final Map<String, String> SAMPLES = Map.of(
            "database.include.list.user.defined", "shop",
            "schema.include.list", "shop",
            "table.include.list.user.defined", "shop.orders");

    private FilledConfigs() {}

    /** Returns every key: with its default, else with a value where one is required, else with null. */
    public static ObjectNode of(ConnectorDefinition connector) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        connector
                .keys()
                .forEach(key -> config.set(
                        key.name(),
                        key.whenAbsent().orElseGet(() -> key.required() ? value(key) : NullNode.getInstance())));
        ConfigValues values = new ConfigValues(connector, config);
        connector.keys().stream()
                .filter(key -> key.requiredWhenShown() && values.shows(key))
                .filter(key -> values.given(key.name()).isEmpty())
                .forEach(key -> config.set(key.name(), value(key)));
        return config;
    }

    /** Returns what a read has to answer: what was sent, with what the server filled in when the connector was made. */
    public static ObjectNode echo(ConnectorDefinition connector, ObjectNode sent, JsonNode made) {
        ObjectNode echo = sent.deepCopy();
        connector.keys().stream()
                .filter(ConfigKey::serverFilled)
                .forEach(key -> echo.set(key.name(), made.get(key.name())));
        return echo;
    }

    private static JsonNode value(ConfigKey key) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        Optional<JsonNode> allowed = key.allowed().stream().findFirst();
        return allowed.orElseGet(() -> switch (key.type()) {
            case STRING -> json.textNode(SAMPLES.getOrDefault(key.name(), "value of " + key.name()));
            case INT -> json.numberNode(key.min().orElse(BigInteger.ONE));
            case BOOL -> json.booleanNode(true);
            case LIST -> json.arrayNode().add("one").add("two");
            case MAP -> json.objectNode().put("one", "two");
        });
    }
}
