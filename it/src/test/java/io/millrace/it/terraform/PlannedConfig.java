package io.millrace.it.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.contract.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a generation of the client sends as configuration, and what it must read back for a plan without a difference.
 *
 * @param sent every key that the generation maps: defaults planned, required ones set, the rest null or {@code ""}
 * @param filled keys for which the server may answer a value, as long as it is always the same
 */
record PlannedConfig(ObjectNode sent, Set<String> filled) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Values that have to agree with each other, have a form, or that a name server is not to be asked for. */
    private static final Map<String, String> SAMPLES = Map.of(
            "database.hostname.user.defined", "127.0.0.1",
            "hostname", "127.0.0.1",
            "redis.host.user.defined", "127.0.0.1",
            "kafka.sink.bootstrap", "127.0.0.1:9",
            "http.url", "http://127.0.0.1:9/",
            "r2.account.user.defined", "account",
            "database.include.list.user.defined", "shop",
            "schema.include.list", "shop",
            "table.include.list.user.defined", "shop.orders");

    /** Returns the configuration of a minimal resource. */
    static PlannedConfig of(TerraformClient.Generation generation, String kind, String code) {
        ObjectNode sent = JSON.createObjectNode();
        List<String> filled = new ArrayList<>();
        Contract.connector(kind, code).orElseThrow().get("config").forEach(key -> {
            if (generation.knows(key)) {
                sent.set(key.get("name").asText(), value(generation, key, sent));
                if (key.path("server_generated").asBoolean()) {
                    filled.add(key.get("name").asText());
                }
            }
        });
        return new PlannedConfig(sent, Set.copyOf(filled));
    }

    /** Returns the keys that differ between what was planned and what was read. */
    List<String> differences(JsonNode read) {
        List<String> differences = new ArrayList<>();
        sent.properties().forEach(planned -> {
            JsonNode is = read.path(planned.getKey());
            JsonNode wanted = planned.getValue();
            boolean same = is.equals(wanted) || (wanted.isNull() && is.isMissingNode());
            if (!same && !filled.contains(planned.getKey())) {
                differences.add(planned.getKey() + ": " + wanted + " -> " + is);
            }
        });
        return differences;
    }

    private static JsonNode value(TerraformClient.Generation generation, JsonNode key, ObjectNode before) {
        boolean asText = generation == TerraformClient.Generation.V2
                && key.path("also_sent_as").valueStream().anyMatch(type -> type.asText()
                        .equals("string"));
        if (key.has("default")) {
            return asText ? before.textNode(key.get("default").asText()) : key.get("default");
        }
        if (key.path("required").asBoolean() || isShownAndRequired(key, before)) {
            return sample(key, before);
        }
        boolean keepsEmpty = key.path("empty_string").asText().equals("keep");
        return generation == TerraformClient.Generation.V2 && keepsEmpty ? before.textNode("") : NullNode.getInstance();
    }

    private static boolean isShownAndRequired(JsonNode key, ObjectNode before) {
        return key.path("required_when_shown").asBoolean()
                && key.path("conditions").valueStream().allMatch(condition -> {
                    JsonNode given = before.path(condition.get("config").asText());
                    JsonNode wanted = condition.get("value");
                    return wanted.isArray() ? wanted.valueStream().anyMatch(given::equals) : given.equals(wanted);
                });
    }

    private static JsonNode sample(JsonNode key, ObjectNode before) {
        if (key.has("allowed")) {
            return key.get("allowed").get(0);
        }
        return switch (key.get("type").asText()) {
            case "int" -> before.numberNode(key.path("min").asInt(1));
            case "bool" -> before.booleanNode(true);
            case "list" -> before.arrayNode().add("one");
            case "map" -> before.objectNode().put("one", "two");
            default -> before.textNode(SAMPLES.getOrDefault(key.get("name").asText(), "a sample"));
        };
    }
}
