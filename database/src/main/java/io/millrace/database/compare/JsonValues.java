package io.millrace.database.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;

/** JSON by what it says: the order of members, blanks and zeros at the end of numbers do not count. */
final class JsonValues {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonValues() {}

    static String canonical(String text) {
        StringBuilder out = new StringBuilder(text.length());
        append(out, parsed(text));
        return out.toString();
    }

    /** Returns the text that equal lists have in common. */
    static String array(String text, ValueKind.Plain element) {
        try {
            StringBuilder out = new StringBuilder(text.length());
            append(out, parsed(text), element);
            return out.toString();
        } catch (IllegalArgumentException e) {
            return '?' + text;
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    private static void append(StringBuilder out, JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            out.append('{');
            members.forEach((name, value) -> {
                text(out, name);
                append(out, value);
            });
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            node.forEach(item -> append(out, item));
            out.append(']');
        } else if (node.isNumber()) {
            out.append('#').append(ValueKind.Plain.NUMBER.canonical(node.asText()));
        } else if (node.isTextual()) {
            text(out, node.textValue());
        } else {
            out.append(node.asText()).append(' ');
        }
    }

    private static void append(StringBuilder out, JsonNode node, ValueKind.Plain element) {
        if (node.isArray()) {
            out.append('[');
            node.forEach(item -> append(out, item, element));
            out.append(']');
        } else if (node.isNull()) {
            out.append('-');
        } else {
            text(out, element.canonical(node.isContainerNode() ? node.toString() : node.asText()));
        }
    }

    private static void text(StringBuilder out, String text) {
        out.append(text.length()).append(':').append(text);
    }
}
