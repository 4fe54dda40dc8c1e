package io.millrace.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.millrace.contract.Contract;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Compares answers of the REST API with what the contract says of them. Thread-safe. */
public final class ContractAnswers {
    private static final JsonNode CONTRACT = Contract.openApi();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Optional<Schema>> KNOWN = new ConcurrentHashMap<>();

    private ContractAnswers() {}

    /**
     * Returns what is wrong with an answer; nothing for a path that the contract does not know.
     *
     * @param path as it was asked for, with or without a query
     */
    public static List<String> mistakes(String method, String path, int status, JsonNode body) {
        if (status >= 400 && body.size() == 1 && body.path("detail").isTextual()) {
            // A sentence may refuse anything with any fitting status, also where only wrong shapes are listed.
            return List.of();
        }
        return template(method, path.replaceFirst("\\?.*", ""))
                .flatMap(template -> KNOWN.computeIfAbsent(
                        method + " " + template + " " + status, ignored -> schema(method, template, status)))
                .map(schema ->
                        schema.validate(body).stream().map(Error::toString).toList())
                .orElse(List.of());
    }

    /** Returns the path of the contract that a path belongs to; a literal one wins over one with templates. */
    private static Optional<String> template(String method, String path) {
        if (CONTRACT.get("paths").has(path)) {
            return Optional.of(path);
        }
        return CONTRACT.get("paths")
                .propertyStream()
                .filter(entry -> entry.getValue().has(method.toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getKey)
                .filter(template -> path.matches(pattern(template)))
                .findFirst();
    }

    private static String pattern(String template) {
        return template.replaceAll("[.]", "[.]").replaceAll("\\{[^}]*}", "[^/]+");
    }

    private static Optional<Schema> schema(String method, String template, int status) {
        JsonNode operation = CONTRACT.get("paths").get(template).path(method.toLowerCase(Locale.ROOT));
        JsonNode response = resolved(operation.path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            // Statuses that every operation may have, such as 405 and 413, are not listed one by one.
            response = resolved(operation.path("responses").path(status / 100 + "XX"));
        }
        JsonNode schema = response.path("content").path("application/json").path("schema");
        if (!schema.isObject()) {
            return Optional.empty();
        }
        ObjectNode root = schema.deepCopy();
        // References are relative to the contract, so the schema takes its components along.
        root.set("components", CONTRACT.get("components"));
        return Optional.of(SCHEMAS.getSchema(root));
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? CONTRACT.at(node.get("$ref").asText().substring(1)) : node;
    }
}
