package io.millrace.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.contract.Contract;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes requests for an operation of the contract that hardly any client would send; the same seed makes the same ones. */
final class HostileRequests {
    private static final JsonNode CONTRACT = Contract.openApi();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern TEMPLATE = Pattern.compile("\\{[^}]*}");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "x",
            "66b0f1c9a1b2c3d4e5f60000",
            "'; drop table source; --",
            "\" or 1=1 --",
            "${jndi:ldap://127.0.0.1/a}",
            "${secret:registry:user}",
            "../../etc/passwd",
            "%s%n%x",
            "\u202e\ud83d\ude00 \u00e4\u00df\u4e2d",
            "1e999",
            "-1",
            "asc",
            "postgresql",
            "incremental",
            "Active,Paused,",
            "gt:1",
            "2026-01-15T10:30:00Z",
            "a".repeat(1_000));
    private static final List<JsonNode> VALUES = List.of(
            JSON.nullNode(),
            JSON.booleanNode(true),
            JSON.numberNode(0),
            JSON.numberNode(-1),
            JSON.numberNode(Long.MAX_VALUE),
            JSON.numberNode(new BigDecimal("1e400")),
            JSON.numberNode(1.5),
            JSON.arrayNode(),
            JSON.arrayNode().addNull(),
            JSON.arrayNode().add("x").add("x"),
            JSON.arrayNode().add("66b0f1c9a1b2c3d4e5f60000"),
            JSON.arrayNode().add(JSON.objectNode()),
            JSON.objectNode(),
            JSON.objectNode().put("a", "b"),
            JSON.objectNode().putNull(""));

    private final Random random;

    HostileRequests(long seed) {
        this.random = new Random(seed);
    }

    /** Returns the path with something in each of its templates, and a query. */
    String address(String path, JsonNode operation) {
        Matcher templates = TEMPLATE.matcher(path);
        StringBuilder address = new StringBuilder();
        while (templates.find()) {
            String value = text().isBlank() ? "x" : text();
            templates.appendReplacement(address, Matcher.quoteReplacement(encoded(value.isBlank() ? "x" : value)));
        }
        templates.appendTail(address);
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode known = resolved(parameter);
            if (known.path("in").asText().equals("query") && random.nextInt(3) == 0) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(known.path("name").asText())
                        .append('=')
                        .append(encoded(text()));
            }
        }
        return address.append(query).toString();
    }

    /** Returns a body, mostly an object with some of the members that the operation knows. */
    String body(JsonNode operation) {
        JsonNode schema = operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "{";
            case 2 -> VALUES.get(random.nextInt(VALUES.size())).toString();
            case 3 -> "[".repeat(5_000);
            default -> object(resolved(schema), 0).toString();
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
            JsonNode type = resolved(member.getValue());
            int dice = random.nextInt(10);
            if (dice == 0) {
                object.set(member.getKey(), VALUES.get(random.nextInt(VALUES.size())));
            } else if (dice < 6 && type.has("properties") && depth < 4) {
                object.set(member.getKey(), object(type, depth + 1));
            } else if (dice < 8) {
                object.set(member.getKey(), likely(type));
            }
        }
        return object;
    }

    /** A value of the right type more often than not, so that requests get past the check of their shape. */
    private JsonNode likely(JsonNode type) {
        return switch (type.path("type").asText()) {
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "integer" -> JSON.numberNode(random.nextInt(200) - 50);
            case "array" -> JSON.arrayNode().add(text());
            case "object" -> JSON.objectNode().put(text(), text());
            default -> JSON.textNode(text());
        };
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? CONTRACT.at(node.get("$ref").asText().substring(1)) : node;
    }
}
