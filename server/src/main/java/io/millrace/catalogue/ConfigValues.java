package io.millrace.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Reads a configuration with the eyes of its connector: what was not given has its default. A value that came as text
 * is read as what it says, so that {@code "22"} is the number 22 for an integer key.
 */
public record ConfigValues(ConnectorDefinition connector, ObjectNode config) {

    /** Returns what was given for a key: neither null nor, unless the key keeps it, {@code ""}. */
    public Optional<JsonNode> given(String name) {
        boolean keepsEmpty =
                connector.key(name).filter(ConfigKey::keepsEmptyString).isPresent();
        return Optional.ofNullable(config.get(name))
                .filter(value -> !value.isNull())
                .filter(value ->
                        keepsEmpty || !value.isTextual() || !value.textValue().isEmpty());
    }

    /** Returns the value in force: what was given, or else the default. */
    public Optional<JsonNode> effective(String name) {
        return given(name).or(() -> connector.key(name).flatMap(ConfigKey::whenAbsent));
    }

    /** Returns whether all conditions of a key hold. */
    public boolean shows(ConfigKey key) {
        return key.conditions().stream().allMatch(condition -> condition.holds(effective(condition.config())));
    }

    /** Returns whether a key was given a value other than its default. */
    public boolean departsFromDefault(ConfigKey key) {
        return given(key.name())
                .filter(value -> key.whenAbsent()
                        .filter(standard -> standard.asText().equals(value.asText())
                                && standard.isValueNode()
                                && value.isValueNode())
                        .isEmpty())
                .isPresent();
    }

    /** Returns the text in force; a number or boolean as it is written. */
    public Optional<String> text(String name) {
        return effective(name).map(JsonNode::asText);
    }

    /** Returns the text in force of a key that has an effect: one of the connector's own, whose conditions all hold. */
    public Optional<String> textInEffect(String name) {
        return connector.key(name).filter(this::shows).flatMap(key -> text(name));
    }

    /** Returns whether the value in force is true. */
    public boolean isTrue(String name) {
        return effective(name).filter(JsonNode::asBoolean).isPresent();
    }
}
