package io.millrace.pipeline.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.database.compare.ReadTable.ReadColumn;
import io.millrace.database.compare.ValueKind;
import io.millrace.database.compare.ValueKind.Plain;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys as clients read and write them: columns to values, numbers as numbers. */
record KeyForm(List<ReadColumn> columns) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    KeyForm {
        columns = List.copyOf(columns);
    }

    List<String> names() {
        return columns.stream().map(column -> column.column().name()).toList();
    }

    /** Returns a key for clients. */
    Map<String, JsonNode> shown(List<String> texts) {
        Map<String, JsonNode> key = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            key.put(columns.get(i).column().name(), shown(columns.get(i).kind(), texts.get(i)));
        }
        return key;
    }

    private static JsonNode shown(ValueKind kind, String text) {
        if (kind == Plain.BOOLEAN) {
            return JSON.booleanNode(kind.canonical(text).equals("1"));
        }
        if (kind != Plain.NUMBER) {
            return JSON.textNode(text);
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return number.stripTrailingZeros().scale() <= 0 && number.precision() - number.scale() <= 18
                    ? JSON.numberNode(number.longValueExact())
                    : JSON.numberNode(number);
        } catch (NumberFormatException e) {
            return JSON.textNode(text);
        }
    }

    /** Reads a bound that {@link #shown} wrote. */
    Optional<List<String>> readIfPresent(Optional<Map<String, JsonNode>> bound) throws IncomparableException {
        return bound.isEmpty() ? Optional.empty() : Optional.of(read(bound.get(), "ranges"));
    }

    /** Reads a bound that a client sent. */
    List<String> read(Map<String, JsonNode> bound, String member) throws IncomparableException {
        if (!bound.keySet().equals(Set.copyOf(names()))) {
            throw new IncomparableException(
                    "'" + member + "' must have a value for each column of the key: " + String.join(", ", names()));
        }
        List<String> texts = new ArrayList<>();
        for (String name : names()) {
            texts.add(bound.get(name).asText());
        }
        return texts;
    }
}
