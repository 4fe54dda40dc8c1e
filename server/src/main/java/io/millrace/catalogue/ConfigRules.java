package io.millrace.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks a configuration against the rules of its connector. Each broken rule is a phrase that begins with the quoted
 * key, {@code 'database.user' is a required field}; all are found, in the order of the catalogue.
 */
public final class ConfigRules {
    private final ConnectorDefinition connector;

    public ConfigRules(ConnectorDefinition connector) {
        this.connector = connector;
    }

    /** Returns the sentence that clients are told about broken rules. */
    public static String sentence(List<String> broken) {
        return "Validation error: " + String.join("; ", broken);
    }

    /** Returns the rules that a configuration breaks. */
    public List<String> broken(ObjectNode config) {
        ConfigValues values = new ConfigValues(connector, config);
        List<String> broken = new ArrayList<>();
        for (ConfigKey key : connector.keys()) {
            if (!key.serverFilled()) {
                broken(key, values).ifPresent(phrase -> broken.add("'" + key.name() + "' " + phrase));
            }
        }
        return broken;
    }

    /** Returns the keys that were set for good and that {@code after} changes. */
    public List<String> brokenByChange(ObjectNode before, ObjectNode after) {
        ConfigValues was = new ConfigValues(connector, before);
        ConfigValues is = new ConfigValues(connector, after);
        return connector.keys().stream()
                .filter(ConfigKey::setOnce)
                .map(ConfigKey::name)
                .filter(name -> !was.effective(name).equals(is.effective(name)))
                .map(name -> "'" + name + "' cannot be changed after creation")
                .toList();
    }

    private static Optional<String> broken(ConfigKey key, ConfigValues values) {
        Optional<JsonNode> given = values.given(key.name());
        if (given.isEmpty()) {
            boolean missing = key.required()
                    || (key.requiredWhenShown() && key.whenAbsent().isEmpty() && values.shows(key));
            return missing ? Optional.of("is a required field") : Optional.empty();
        }
        JsonNode value = given.get();
        if (!key.type().fits(value) && key.alsoSentAs().stream().noneMatch(type -> type.fits(value))) {
            return Optional.of("must be " + key.type().phrase());
        }
        if (!key.allowed().isEmpty()
                && key.allowed().stream().noneMatch(allowed -> allowed.asText().equals(value.asText()))) {
            return Optional.of("must be one of: "
                    + key.allowed().stream().map(JsonNode::asText).collect(Collectors.joining(", ")));
        }
        return key.type() == ValueType.INT ? brokenBounds(key, value) : Optional.empty();
    }

    private static Optional<String> brokenBounds(ConfigKey key, JsonNode value) {
        BigInteger number;
        try {
            number = new BigInteger(value.asText().strip());
        } catch (NumberFormatException e) {
            return Optional.of("must be " + key.type().phrase());
        }
        boolean low = key.min().filter(min -> number.compareTo(min) < 0).isPresent();
        boolean high = key.max().filter(max -> number.compareTo(max) > 0).isPresent();
        if (!low && !high) {
            return Optional.empty();
        }
        if (key.min().isPresent() && key.max().isPresent()) {
            return Optional.of(
                    "must be between " + key.min().get() + " and " + key.max().get());
        }
        return Optional.of(key.min()
                .map(min -> "must be at least " + min)
                .orElseGet(() -> "must be at most " + key.max().orElseThrow()));
    }
}
