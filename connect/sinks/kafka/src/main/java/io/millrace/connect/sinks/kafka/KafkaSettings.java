package io.millrace.connect.sinks.kafka;

import io.millrace.control.TopicNames;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/**
 * What the sink was told.
 *
 * @param converter settings of the converter that writes keys and values
 */
record KafkaSettings(String bootstrap, Map<String, String> converter, String prefix, String suffix) {
    private static final String REGISTRY = "schema.registry.url";

    /** How long a registry that cannot be reached is asked again by the converter; the task then waits for longer. */
    private static final String REGISTRY_WAIT_MILLIS = "15000";

    static final ConfigDef DEFINITION = new ConfigDef()
            .define("kafka.sink.bootstrap", ConfigDef.Type.STRING, Importance.HIGH, "Bootstrap servers of the cluster.")
            .define(
                    "destination.format",
                    ConfigDef.Type.STRING,
                    "json",
                    ValidString.in("json", "avro"),
                    Importance.HIGH,
                    "How records are written: json or avro.")
            .define(
                    "json.schema.enable",
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Whether each JSON record carries its schema.")
            .define(
                    REGISTRY,
                    ConfigDef.Type.PASSWORD,
                    "",
                    Importance.HIGH,
                    "Confluent-compatible schema registry of the cluster; may hold user and password. Required for avro.")
            .define("topic.prefix", ConfigDef.Type.STRING, "", Importance.MEDIUM, "Text before the names of topics.")
            .define("topic.suffix", ConfigDef.Type.STRING, "", Importance.MEDIUM, "Text behind the names of topics.");

    KafkaSettings {
        converter = Map.copyOf(converter);
    }

    static KafkaSettings of(Map<String, String> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        Map<String, String> converter = new HashMap<>();
        converter.put("format", config.getString("destination.format"));
        converter.put("schemas.enable", String.valueOf(config.getBoolean("json.schema.enable")));
        converter.put("registry.wait.ms", REGISTRY_WAIT_MILLIS);
        if (config.getString("destination.format").equals("avro")) {
            converter.putAll(registry(config.getPassword(REGISTRY).value()));
        }
        return new KafkaSettings(
                config.getString("kafka.sink.bootstrap"),
                converter,
                config.getString("topic.prefix"),
                config.getString("topic.suffix"));
    }

    /** Returns the topic for the rows of a table; what Kafka does not allow in a name is escaped, as in topics of sources. */
    String topic(String table) {
        return prefix + TopicNames.escape(table) + suffix;
    }

    private static Map<String, String> registry(String text) {
        try {
            URI uri = URI.create(text.strip());
            Map<String, String> settings = new HashMap<>();
            Optional<String> user = Optional.ofNullable(uri.getRawUserInfo());
            user.ifPresent(pair -> settings.put(
                    "registry.user.info", URLDecoder.decode(pair.replace("+", "%2B"), StandardCharsets.UTF_8)));
            settings.put(
                    "registry.url",
                    user.map(pair -> uri.toString().replace(pair + "@", "")).orElse(uri.toString()));
            return settings;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(REGISTRY + " is no address");
        }
    }
}
