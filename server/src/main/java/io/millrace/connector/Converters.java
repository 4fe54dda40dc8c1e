package io.millrace.connector;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How connectors turn records into bytes and back.
 *
 * @param format how records are written, {@code avro} or {@code json}
 * @param registryUrl address of the Confluent-compatible surface of the schema registry
 * @param registryUser reference to {@code id:secret} for it
 */
public record Converters(String format, String registryUrl, String registryUser) {
    private static final String CONVERTER = "io.millrace.connect.converters.MillraceConverter";

    /** Returns the properties of keys and values. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String name : new String[] {"key.converter", "value.converter"}) {
            properties.put(name, CONVERTER);
            properties.put(name + ".format", format);
            properties.put(name + ".registry.url", registryUrl);
            properties.put(name + ".registry.user.info", registryUser);
        }
        return properties;
    }
}
