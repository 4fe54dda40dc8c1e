package io.millrace.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.catalogue.ConfigKey;
import io.millrace.catalogue.ConfigValues;
import io.millrace.secret.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Values of the keys that the server fills. Each is made when a connector is first saved and stays as it is from then on;
 * what is read off other keys follows these. A key that nobody here knows stays null.
 */
public final class FilledKeys {
    private final Map<String, Maker> makers;

    /** @param features what each feature makes, by the names of the keys */
    public FilledKeys(List<Map<String, Maker>> features) {
        makers = features.stream()
                .flatMap(feature -> feature.entrySet().stream())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Makes the value of one key. */
    @FunctionalInterface
    public interface Maker {
        /** Returns the value; nothing where the configuration does not give any. */
        Optional<Made> make(ConnectorId id, ConfigValues config);

        /** Returns whether the value is read off the configuration, and changes with it. */
        default boolean follows() {
            return false;
        }

        /** Returns what reads a value off the configuration. */
        static Maker following(Function<ConfigValues, Optional<String>> value) {
            return new Maker() {
                @Override
                public Optional<Made> make(ConnectorId id, ConfigValues config) {
                    return value.apply(config).map(read -> new Made(read, Optional.empty()));
                }

                @Override
                public boolean follows() {
                    return true;
                }
            };
        }
    }

    /**
     * A value that was made.
     *
     * @param own the secret that goes with it and that nobody is ever shown; its name is that of the key
     */
    public record Made(String value, Optional<Secret> own) {}

    /** Returns the configuration with the values that it lacks. */
    ClearConfig fill(ClearConfig config) {
        ObjectNode filled = config.values().config().deepCopy();
        Map<String, Secret> own = new HashMap<>(config.own());
        for (ConfigKey key : config.values().connector().keys()) {
            Optional<Maker> maker = Optional.ofNullable(makers.get(key.name())).filter(found -> key.serverFilled());
            if (maker.isPresent()
                    && (maker.get().follows()
                            || config.values().given(key.name()).isEmpty())) {
                Optional<Made> made = maker.get().make(config.id(), config.values());
                made.flatMap(Made::own).ifPresent(secret -> own.put(key.name(), secret));
                put(filled, key.name(), made.map(value -> new TextNode(value.value())));
            }
        }
        return new ClearConfig(config.id(), new ConfigValues(config.values().connector(), filled), own);
    }

    private static void put(ObjectNode config, String key, Optional<JsonNode> value) {
        value.ifPresentOrElse(made -> config.set(key, made), () -> config.putNull(key));
    }
}
