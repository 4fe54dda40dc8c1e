package io.millrace.connect.converters;

import io.millrace.connect.converters.registry.Credentials;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Settings of the converter, without the {@code key.converter.} or {@code value.converter.} before them. */
final class ConverterConfig extends AbstractConfig {
    static final String FORMAT = "format";
    static final String REGISTRY_URL = "registry.url";
    static final String REGISTRY_USER_INFO = "registry.user.info";
    static final String REGISTRY_WAIT_MS = "registry.wait.ms";
    static final String SCHEMAS_ENABLE = "schemas.enable";
    static final String CACHE_SIZE = "cache.size";

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    FORMAT,
                    ConfigDef.Type.STRING,
                    "avro",
                    ConfigDef.ValidString.in("avro", "json"),
                    Importance.HIGH,
                    "How records are written: avro (Confluent wire format) or json.")
            .define(
                    REGISTRY_URL,
                    ConfigDef.Type.STRING,
                    "",
                    Importance.HIGH,
                    "Address of a Confluent-compatible schema registry. Required for avro; with json, headers of records name"
                            + " their schemas there.")
            .define(
                    REGISTRY_USER_INFO,
                    ConfigDef.Type.PASSWORD,
                    "",
                    Importance.HIGH,
                    "Credentials for the registry as <client id>:<secret>; empty for none.")
            .define(
                    REGISTRY_WAIT_MS,
                    ConfigDef.Type.LONG,
                    60_000L,
                    ConfigDef.Range.atLeast(0),
                    Importance.LOW,
                    "How long a registry that cannot be reached is asked again, in milliseconds.")
            .define(
                    SCHEMAS_ENABLE,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Whether each JSON record carries its schema. Without effect for avro.")
            .define(
                    CACHE_SIZE,
                    ConfigDef.Type.INT,
                    1_000,
                    ConfigDef.Range.atLeast(1),
                    Importance.LOW,
                    "Most schemas that are kept compiled.");

    ConverterConfig(Map<String, ?> settings) {
        super(DEFINITION, settings, false);
    }

    RecordFormat format() {
        return Arrays.stream(RecordFormat.values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(getString(FORMAT)))
                .findFirst()
                .orElseThrow();
    }

    boolean hasRegistry() {
        return !getString(REGISTRY_URL).isBlank();
    }

    /** Returns the address of the registry; an address with credentials in it is refused, since it would be shown. */
    URI registryUrl() {
        String url = getString(REGISTRY_URL);
        if (url.isBlank()) {
            throw new ConfigException(REGISTRY_URL + " is required when " + FORMAT + " is avro");
        }
        URI uri = parse(url);
        if (uri.getScheme() == null || !uri.getScheme().matches("https?") || uri.getHost() == null) {
            throw new ConfigException(REGISTRY_URL + " must be a http or https address with a host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new ConfigException(REGISTRY_URL + " must not hold credentials; put them into " + REGISTRY_USER_INFO);
        }
        return uri;
    }

    private static URI parse(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(REGISTRY_URL + " is no address");
        }
    }

    Optional<Credentials> credentials() {
        Password userInfo = getPassword(REGISTRY_USER_INFO);
        try {
            return Optional.of(userInfo.value()).filter(text -> !text.isEmpty()).map(Credentials::parse);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(REGISTRY_USER_INFO + " must have the form <client id>:<secret>");
        }
    }

    Duration registryWait() {
        return Duration.ofMillis(getLong(REGISTRY_WAIT_MS));
    }

    boolean schemasEnable() {
        return getBoolean(SCHEMAS_ENABLE);
    }

    int cacheSize() {
        return getInt(CACHE_SIZE);
    }
}
