package io.millrace.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.contract.Contract;
import io.millrace.http.Routes.Route;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The contract cut down to what is routed: its operations, what they refer to, and the tags in use. */
final class ServedContract {
    private static final String COMPONENTS = "#/components/";

    private ServedContract() {}

    static JsonNode of(Collection<Route> routes) {
        ObjectNode contract = (ObjectNode) Contract.openApi();
        Set<String> served = new HashSet<>();
        routes.forEach(route -> served.add(route.method().toLowerCase(Locale.ROOT) + " " + route.path()));
        ObjectNode paths = (ObjectNode) contract.get("paths");
        List<String> empty = new ArrayList<>();
        paths.properties().forEach(path -> {
            ObjectNode operations = (ObjectNode) path.getValue();
            operations.retain(operations.properties().stream()
                    .filter(operation -> !operation.getValue().has("operationId")
                            || served.contains(operation.getKey() + " " + path.getKey()))
                    .map(Map.Entry::getKey)
                    .toList());
            if (operations.valueStream().noneMatch(operation -> operation.has("operationId"))) {
                empty.add(path.getKey());
            }
        });
        paths.remove(empty);
        keepUsedComponents(contract, paths);
        keepUsedTags(contract, paths);
        return contract;
    }

    private static void keepUsedComponents(ObjectNode contract, ObjectNode paths) {
        Set<String> used = new HashSet<>();
        Deque<JsonNode> left = new ArrayDeque<>();
        left.push(paths);
        while (!left.isEmpty()) {
            JsonNode node = left.pop();
            JsonNode reference = node.path("$ref");
            if (reference.isTextual() && used.add(reference.textValue())) {
                left.push(contract.at(reference.textValue().substring(1)));
            }
            node.forEach(left::push);
        }
        contract.get("components").properties().forEach(kind -> {
            if (!kind.getKey().equals("securitySchemes")) {
                ObjectNode members = (ObjectNode) kind.getValue();
                members.retain(members.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(name -> used.contains(COMPONENTS + kind.getKey() + "/" + name))
                        .toList());
            }
        });
    }

    private static void keepUsedTags(ObjectNode contract, ObjectNode paths) {
        Set<String> used = new TreeSet<>();
        paths.forEach(path -> path.forEach(operation -> operation.path("tags").forEach(tag -> used.add(tag.asText()))));
        ArrayNode tags = contract.withArrayProperty("tags");
        for (int i = tags.size() - 1; i >= 0; i--) {
            if (!used.contains(tags.get(i).path("name").asText())) {
                tags.remove(i);
            }
        }
    }
}
