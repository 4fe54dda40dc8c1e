package io.millrace.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A key that a connector's configuration may have.
 *
 * @param alsoSentAs further types that clients send; such a value is kept as it came
 * @param json whether the string holds JSON text
 * @param required must be given, whatever the other keys say
 * @param requiredWhenShown must be given when all conditions hold
 * @param whenAbsent default
 * @param allowed the only values, if there are any
 * @param secret kept sealed, and masked in answers
 * @param setOnce cannot change after creation
 * @param serverFilled made by the server; what a client sends is ignored
 * @param keepsEmptyString whether {@code ""} is a value; otherwise it counts as not given
 * @param conditions all must hold for the key to be shown
 * @param tab part of a form that the key belongs to
 */
public record ConfigKey(
        String name,
        ValueType type,
        Set<ValueType> alsoSentAs,
        boolean json,
        boolean required,
        boolean requiredWhenShown,
        Optional<JsonNode> whenAbsent,
        List<JsonNode> allowed,
        Optional<BigInteger> min,
        Optional<BigInteger> max,
        boolean secret,
        boolean setOnce,
        boolean serverFilled,
        boolean keepsEmptyString,
        List<Condition> conditions,
        Optional<String> tab,
        Optional<String> displayName,
        Optional<String> description) {

    /** Names of things in the database that one record only may use; a copy must not carry them on. */
    private static final Set<String> NOT_CLONABLE = Set.of("slot.name", "publication.name", "database.server.id");

    public ConfigKey {
        alsoSentAs = Set.copyOf(alsoSentAs);
        allowed = List.copyOf(allowed);
        conditions = List.copyOf(conditions);
    }

    /** Returns whether a copy of a record goes without this key, or gets a value of its own. */
    public boolean notClonable() {
        return serverFilled || NOT_CLONABLE.contains(name);
    }

    static ConfigKey of(JsonNode entry) {
        Optional<JsonNode> whenAbsent = Optional.ofNullable(entry.get("default"));
        return new ConfigKey(
                entry.get("name").textValue(),
                ValueType.of(entry.get("type").textValue()),
                Set.copyOf(items(entry, "also_sent_as")
                        .map(type -> ValueType.of(type.textValue()))
                        .toList()),
                entry.path("format").asText().equals("json"),
                entry.path("required").booleanValue(),
                entry.path("required_when_shown").booleanValue(),
                whenAbsent,
                items(entry, "allowed").toList(),
                bound(entry, "min"),
                bound(entry, "max"),
                entry.path("secret").booleanValue(),
                entry.path("set_once").booleanValue(),
                entry.path("server_generated").booleanValue(),
                entry.path("empty_string").asText().equals("keep")
                        || whenAbsent
                                .filter(value -> value.asText("-").isEmpty())
                                .isPresent(),
                items(entry, "conditions").map(ConfigKey::condition).toList(),
                text(entry, "tab"),
                text(entry, "display_name"),
                text(entry, "description"));
    }

    private static Condition condition(JsonNode entry) {
        return new Condition(
                entry.get("config").textValue(),
                Condition.Operator.valueOf(entry.get("operator").textValue()),
                entry.get("value"));
    }

    private static Stream<JsonNode> items(JsonNode entry, String member) {
        JsonNode list = Optional.ofNullable(entry.get(member)).orElse(MissingNode.getInstance());
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Optional<BigInteger> bound(JsonNode entry, String member) {
        return Optional.ofNullable(entry.get(member)).map(JsonNode::bigIntegerValue);
    }

    private static Optional<String> text(JsonNode entry, String member) {
        return Optional.ofNullable(entry.get(member)).map(JsonNode::textValue);
    }
}
