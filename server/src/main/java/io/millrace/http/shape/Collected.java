package io.millrace.http.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists and maps. */
final class Collected {
    private static final Shape TEXTS = list(Texts::text, 0, Integer.MAX_VALUE);

    private Collected() {}

    static Shape list(Shape item, int min, int max) {
        return (input, at) -> {
            if (!input.isArray()) {
                return at.refuse("list_type", "Input should be a valid list", input);
            }
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < input.size(); i++) {
                item.read(input.get(i), at.at(i)).ifPresent(values::add);
                if (values.size() > max) {
                    return wrongLength("too_long", "at most", max, input, at, "max_length");
                }
            }
            if (values.size() < input.size()) {
                return Optional.empty();
            }
            return values.size() < min
                    ? wrongLength("too_short", "at least", min, input, at, "min_length")
                    : Optional.of(Collections.unmodifiableList(values));
        };
    }

    static Shape map(Shape value) {
        return (input, at) -> {
            if (!input.isObject()) {
                return at.refuse("dict_type", "Input should be a valid dictionary", input);
            }
            Map<String, Object> values = new LinkedHashMap<>();
            input.properties().forEach(member -> value.read(member.getValue(), at.at(member.getKey()))
                    .ifPresent(found -> values.put(member.getKey(), found)));
            return values.size() < input.size() ? Optional.empty() : Optional.of(Collections.unmodifiableMap(values));
        };
    }

    /** An array of strings or a string; the errors of both readings are reported, as for every union. */
    static Optional<Object> csvOrList(JsonNode input, Reading at) {
        if (input.isTextual()) {
            return Optional.of(new CsvOrList(List.of(input.textValue())));
        }
        Optional<Object> list = TEXTS.read(input, at.at("list[str]"));
        if (list.isEmpty()) {
            return at.at("str").refuse("string_type", "Input should be a valid string", input);
        }
        return list.map(Collected::texts).map(CsvOrList::new);
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String.class::cast).toList();
    }

    private static Optional<Object> wrongLength(
            String type, String relation, int bound, JsonNode input, Reading at, String name) {
        String msg = "List should have %s %s after validation, not %d"
                .formatted(relation, Texts.count(bound, "item"), input.size());
        return at.refuse(type, msg, input, "field_type", "List", name, bound, "actual_length", input.size());
    }
}
