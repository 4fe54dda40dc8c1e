package io.millrace.http.shape;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Text of a body to a tree. Numbers keep the digits they were sent with, so that they can be echoed. */
public final class JsonText {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonText() {}

    /** Returns the tree, a missing node for blank text, or nothing after it noted a {@code json_invalid}. */
    public static Optional<JsonNode> parse(String text, List<ShapeError> errors) {
        if (text.isEmpty()) {
            return Optional.of(MissingNode.getInstance());
        }
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (!tree.isMissingNode()) {
                return Optional.of(tree);
            }
        } catch (JsonProcessingException e) {
            // What is wrong, and where, is found out below in the words that clients know.
        }
        JsonMistake mistake = JsonMistake.in(text);
        errors.add(new ShapeError(
                "json_invalid",
                List.of("body", mistake.position()),
                "JSON decode error",
                JsonNodeFactory.instance.objectNode(),
                Map.of("error", mistake.message())));
        return Optional.empty();
    }
}
