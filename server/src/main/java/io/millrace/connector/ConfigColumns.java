package io.millrace.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.http.Json;
import java.util.Map;

/** Configurations as text in columns; numbers keep all their digits. */
public final class ConfigColumns {
    private static final TypeReference<Map<String, String>> SECRETS = new TypeReference<>() {};

    private static final ObjectReader CONFIG = Json.mapper()
            .readerFor(ObjectNode.class)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private ConfigColumns() {}

    /** Returns the text of a column. */
    public static String write(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a configuration is always JSON", e);
        }
    }

    /** Returns the sealed secrets of a column, by key. */
    static Map<String, String> sealed(String secrets) {
        try {
            return Json.mapper().readValue(secrets, SECRETS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds secrets that are no JSON", e);
        }
    }

    /** Returns what two columns hold. */
    public static ConnectorConfig read(String config, String secrets) {
        try {
            return new ConnectorConfig(CONFIG.readValue(config), sealed(secrets));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds a configuration that is no JSON", e);
        }
    }
}
