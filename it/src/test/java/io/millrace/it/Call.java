package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request for an operation of the contract, in parts that a test can change one at a time.
 *
 * @param path what stands for each template of the path
 * @param query as it follows the question mark; empty for none
 */
record Call(Map<String, String> path, String query, Optional<ObjectNode> body) {
    /** A request that names nothing and says nothing. */
    static final Call PLAIN = new Call(Map.of(), "", Optional.empty());

    Call {
        path = Map.copyOf(path);
        if (path.containsValue("")) {
            throw new IllegalArgumentException("An address needs a value in each of its places: " + path);
        }
    }

    /** Returns a request with this body. */
    static Call of(ObjectNode body) {
        return new Call(Map.of(), "", Optional.of(body));
    }

    /** Puts a value in the place of a template of the path. */
    Call at(String template, String value) {
        Map<String, String> changed = new LinkedHashMap<>(path);
        changed.put(template, value);
        return new Call(changed, query, body);
    }

    /** Puts a member into the body. */
    Call with(String member, JsonNode value) {
        ObjectNode changed = body.orElseThrow().deepCopy();
        changed.set(member, value);
        return new Call(path, query, Optional.of(changed));
    }

    /** Leaves a member of the body out. */
    Call without(String member) {
        ObjectNode changed = body.orElseThrow().deepCopy();
        changed.remove(member);
        return new Call(path, query, Optional.of(changed));
    }

    /** Leaves the body out. */
    Call withoutBody() {
        return new Call(path, query, Optional.empty());
    }

    /** Replaces the query. */
    Call query(String other) {
        return new Call(path, other, body);
    }

    /** Returns the address for a path of the contract, and fails when a template of it has no value. */
    String address(String template) {
        String address = template;
        for (Map.Entry<String, String> value : path.entrySet()) {
            address = address.replace("{" + value.getKey() + "}", value.getValue());
        }
        if (address.contains("{")) {
            throw new IllegalStateException("A value is missing for a template of " + address);
        }
        return query.isEmpty() ? address : address + "?" + query;
    }
}
