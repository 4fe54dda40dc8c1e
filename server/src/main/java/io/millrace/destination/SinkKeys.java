package io.millrace.destination;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConfigValues;
import io.millrace.http.ApiProblem;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys of a connector that become properties of its sink as they are, under the same or another name. Immutable. */
public final class SinkKeys {
    /** Stands in the name of a key of a destination for the name of the table; workers leave it alone. */
    public static final String TOPIC = "${topic}";

    private final Map<String, String> properties;

    private SinkKeys(Map<String, String> properties) {
        this.properties = properties;
    }

    /** Returns keys that keep their names. */
    public static SinkKeys same(String... keys) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String key : keys) {
            properties.put(key, key);
        }
        return new SinkKeys(properties);
    }

    /** Returns these and one more, whose property has another name. */
    public SinkKeys and(String key, String property) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(key, property);
        return new SinkKeys(more);
    }

    /** Returns the properties: none for a key whose conditions do not hold, or that has neither a value nor a default. */
    public Map<String, String> properties(ConfigValues config) {
        Map<String, String> named = new LinkedHashMap<>();
        properties.forEach((key, property) -> config.textInEffect(key).ifPresent(value -> named.put(property, value)));
        return named;
    }

    /** Refuses what a worker would take for a reference to a secret. */
    public void check(ConfigValues config) {
        for (String key : properties.keySet()) {
            boolean secret =
                    config.connector().key(key).filter(ConfigKey::secret).isPresent();
            String value = config.given(key).map(JsonNode::asText).orElse("");
            if (!secret && value.replace(TOPIC, "").contains("${")) {
                throw new ApiProblem.BadRequest("'" + key + "' must not hold '${'");
            }
        }
    }

    /** Reads a whole number; refuses one that is out of bounds that the catalogue does not state. */
    public static long number(ConfigValues config, String key, long least, long most) {
        long value = config.effective(key).map(JsonNode::asLong).orElse(least);
        if (value < least || value > most) {
            throw new ApiProblem.BadRequest(
                    "'" + key + "' must be between " + least + " and " + most + ", not " + value);
        }
        return value;
    }
}
