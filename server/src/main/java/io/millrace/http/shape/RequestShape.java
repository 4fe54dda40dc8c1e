package io.millrace.http.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A record as it is read from the parts of a request. Every method adds to the errors it is given, and answers nothing
 * exactly when it added one.
 *
 * @param <T> the record
 */
public final class RequestShape<T> {
    private final Class<T> type;
    private final RecordShape shape;

    private RequestShape(Class<T> type) {
        this.type = type;
        this.shape = Shapes.of(type);
    }

    /** Returns the shape of a record; throws {@link IllegalArgumentException} when it has a component of an unknown type. */
    public static <T> RequestShape<T> of(Class<T> record) {
        return new RequestShape<>(record);
    }

    /** Reads a JSON body that is there. */
    public Optional<T> fromBody(JsonNode body, List<ShapeError> errors) {
        return shape.read(body, Reading.of("body", errors)).map(type::cast);
    }

    /** Reads a query string or path parameters: of a member given twice the last one counts, except for lists. */
    public Optional<T> fromText(String part, Map<String, List<String>> values, List<ShapeError> errors) {
        Reading at = Reading.of(part, errors);
        ObjectNode members = members(values);
        return shape.read(
                        field -> new RecordShape.Found(
                                Optional.ofNullable(members.get(field.name())), Field.nothing(), at.at(field.name())),
                        members)
                .map(type::cast);
    }

    /** Reads each member from the body if it is there and not null, and otherwise from the query. */
    public Optional<T> fromBodyOrQuery(JsonNode body, Map<String, List<String>> query, List<ShapeError> errors) {
        Reading inBody = Reading.of("body", errors);
        if (!body.isObject()) {
            return inBody.refuse(
                    "model_attributes_type",
                    "Input should be a valid dictionary or object to extract fields from",
                    body);
        }
        Reading inQuery = Reading.of("query", errors);
        ObjectNode members = members(query);
        return shape.read(
                        field -> body.hasNonNull(field.name())
                                ? new RecordShape.Found(
                                        Optional.of(body.get(field.name())), body, inBody.at(field.name()))
                                : new RecordShape.Found(
                                        Optional.ofNullable(members.get(field.name())),
                                        Field.nothing(),
                                        inQuery.at(field.name())),
                        members)
                .map(type::cast);
    }

    private ObjectNode members(Map<String, List<String>> values) {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        for (Field field : shape.fields()) {
            List<String> given = values.getOrDefault(field.name(), List.of());
            if (given.isEmpty()) {
                continue;
            }
            if (field.list()) {
                ArrayNode items = members.putArray(field.name());
                given.forEach(items::add);
            } else {
                members.put(field.name(), given.get(given.size() - 1));
            }
        }
        return members;
    }
}
