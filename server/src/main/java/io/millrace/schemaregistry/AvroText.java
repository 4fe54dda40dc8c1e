package io.millrace.schemaregistry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * An Avro schema and its text in one form: without the spaces, the order of attributes and the ways to write a name in
 * which texts of one schema may differ. Two schemas are the same when these texts are.
 *
 * @param text the schema as Avro writes it
 */
record AvroText(String text, Schema schema) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** Reads a schema, or refuses it with what Avro says about it. */
    static AvroText parse(String text) {
        try {
            Schema schema = new Schema.Parser().parse(text);
            return new AvroText(schema.toString(), schema);
        } catch (AvroRuntimeException | NullPointerException e) {
            // The latter is what Avro throws for a name that the schema does not define.
            throw RegistryProblems.invalidSchema(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason"));
        }
    }

    /** Returns the schema with its properties in alphabetical order as well, in which Avro keeps the given one. */
    AvroText normalized() {
        try {
            return parse(JSON.writeValueAsString(sorted(JSON.readTree(text))));
        } catch (IOException e) {
            throw new IllegalStateException("Avro wrote a schema that is no JSON", e);
        }
    }

    /** Returns the SHA-256 of the text in hexadecimal digits. */
    String fingerprint() {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            return JSON.valueToTree(members);
        }
        if (node.isArray()) {
            return node.valueStream()
                    .map(AvroText::sorted)
                    .collect(JSON::createArrayNode, (array, item) -> array.add(item), (a, b) -> a.addAll(b));
        }
        return node;
    }
}
