package io.millrace.engine.embedded;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Resolves {@code ${secret:<path>:<key>}} in the worker, so that only the reference is ever written to a topic.
 *
 * <p>Connect makes its providers itself, from strings; so a lookup is registered under a key, and the key is what the
 * worker's configuration holds.
 */
public final class SecretConfigProvider implements ConfigProvider {
    static final String NAME = "secret";
    static final String LOOKUP = "lookup";

    private static final Map<String, SecretLookup> LOOKUPS = new ConcurrentHashMap<>();

    private Optional<SecretLookup> lookup = Optional.empty();

    /** Registers the lookup and returns the key to give as {@link #LOOKUP}. */
    static String register(SecretLookup lookup) {
        String key = UUID.randomUUID().toString();
        LOOKUPS.put(key, lookup);
        return key;
    }

    static void unregister(String key) {
        LOOKUPS.remove(key);
    }

    @Override
    public void configure(Map<String, ?> configs) {
        lookup = Optional.ofNullable(LOOKUPS.get(String.valueOf(configs.get(LOOKUP))));
    }

    @Override
    public ConfigData get(String path) {
        throw new ConfigException("${secret:" + path + "} names no key; write ${secret:" + path + ":<key>}");
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
        Map<String, String> values = new HashMap<>();
        for (String key : keys) {
            values.put(
                    key,
                    lookup.flatMap(secrets -> secrets.find(path, key))
                            .orElseThrow(() -> new ConfigException("there is no secret " + key + " of " + path)));
        }
        return new ConfigData(values);
    }

    @Override
    public void close() {
        lookup = Optional.empty();
    }
}
