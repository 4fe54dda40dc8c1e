package io.millrace.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last state of each row of a table, from its states as JSON in the order in which they came. What is delivered again
 * begins at an earlier state and ends with the last one. A state tells the columns that it has, and leaves the others as they
 * were. Not thread-safe.
 */
final class FoldedRows {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final CampaignTable table;
    private final Map<List<String>, Map<String, String>> rows = new HashMap<>();

    FoldedRows(CampaignTable table) {
        this.table = table;
    }

    /** Parses what a destination was told. */
    static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("This is no JSON: " + json, e);
        }
    }

    /** Takes the next state of a row, which may say that it is deleted. */
    void take(JsonNode row) {
        if (row.path("__deleted").asText().equals("true")) {
            remove(row);
            return;
        }
        Map<String, String> known = rows.computeIfAbsent(key(row), key -> new HashMap<>());
        row.properties().forEach(column -> {
            if (column.getValue().isNull()) {
                known.remove(column.getKey());
            } else {
                known.put(column.getKey(), column.getValue().asText());
            }
        });
    }

    /** Takes that the row of a key is gone. */
    void remove(JsonNode key) {
        rows.remove(key(key));
    }

    private List<String> key(JsonNode row) {
        return table.key().stream().map(column -> row.required(column).asText()).toList();
    }

    Checksums checksums() {
        return Checksums.of(rows.values().stream().map(table::checksum).toList());
    }
}
