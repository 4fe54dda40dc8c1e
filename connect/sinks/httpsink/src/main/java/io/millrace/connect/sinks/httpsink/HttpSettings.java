package io.millrace.connect.sinks.httpsink;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/**
 * What the sink was told.
 *
 * @param timeout longest wait for one answer
 * @param decimalsInBase64 whether exact numbers are written as the bytes of their unscaled value, not as numbers
 */
record HttpSettings(
        URI url,
        Authorization authorization,
        List<Header> headers,
        Optional<InetSocketAddress> proxy,
        Duration timeout,
        Batching batching,
        Retries retries,
        boolean decimalsInBase64) {
    static final ConfigDef DEFINITION = new ConfigDef()
            .define("http.url", ConfigDef.Type.STRING, Importance.HIGH, "Address to send records to.")
            .define(
                    "http.authorization.type",
                    ConfigDef.Type.STRING,
                    "none",
                    ValidString.in("none", "static", "oauth2"),
                    Importance.HIGH,
                    "Kind of authorization: none, static or oauth2.")
            .define(
                    "http.headers.authorization",
                    ConfigDef.Type.PASSWORD,
                    "",
                    Importance.MEDIUM,
                    "Authorization header, when static.")
            .define(
                    "oauth2.access.token.url",
                    ConfigDef.Type.STRING,
                    "",
                    Importance.MEDIUM,
                    "Token endpoint, when oauth2.")
            .define(
                    "oauth2.client.id",
                    ConfigDef.Type.STRING,
                    "",
                    Importance.MEDIUM,
                    "Client id for the token request.")
            .define("oauth2.client.secret", ConfigDef.Type.PASSWORD, "", Importance.MEDIUM, "Client secret for it.")
            .define("oauth2.client.scope", ConfigDef.Type.STRING, "", Importance.LOW, "Scope of the token request.")
            .define(
                    "http.headers.content.type",
                    ConfigDef.Type.STRING,
                    "application/json",
                    Importance.LOW,
                    "Content-Type header.")
            .define(
                    "http.headers.additional",
                    ConfigDef.Type.STRING,
                    "",
                    Importance.LOW,
                    "More headers, name:value, separated by commas.")
            .define("http.proxy.host", ConfigDef.Type.STRING, "", Importance.LOW, "Proxy to go through.")
            .define(
                    "http.proxy.port",
                    ConfigDef.Type.INT,
                    0,
                    Range.between(0, 65_535),
                    Importance.LOW,
                    "Port of that proxy.")
            .define(
                    "http.timeout",
                    ConfigDef.Type.INT,
                    30,
                    Range.atLeast(1),
                    Importance.LOW,
                    "Seconds to wait for an answer.")
            .define(
                    "batching.enabled",
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Several records in a request.")
            .define(
                    "batch.max.size",
                    ConfigDef.Type.INT,
                    500,
                    Range.atLeast(1),
                    Importance.MEDIUM,
                    "Most records in a request.")
            .define(
                    "batch.buffering.enabled",
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.LOW,
                    "Hold records until the batch is full or too old.")
            .define(
                    "batch.max.time.ms",
                    ConfigDef.Type.LONG,
                    10_000L,
                    Range.atLeast(1),
                    Importance.LOW,
                    "Longest time to hold a record, in milliseconds.")
            .define("batch.prefix", ConfigDef.Type.STRING, "[", Importance.LOW, "Text before a batch.")
            .define("batch.suffix", ConfigDef.Type.STRING, "]", Importance.LOW, "Text after a batch.")
            .define("batch.separator", ConfigDef.Type.STRING, ",", Importance.LOW, "Text between records.")
            .define(
                    "max.retries",
                    ConfigDef.Type.INT,
                    1,
                    Range.atLeast(0),
                    Importance.MEDIUM,
                    "Retries after an error.")
            .define(
                    "retry.backoff.ms",
                    ConfigDef.Type.LONG,
                    3_000L,
                    Range.atLeast(0),
                    Importance.MEDIUM,
                    "Wait before a retry, in milliseconds.")
            .define(
                    "decimal.format",
                    ConfigDef.Type.STRING,
                    "NUMERIC",
                    ValidString.in("BASE64", "NUMERIC"),
                    Importance.LOW,
                    "How exact numbers are written.");

    HttpSettings {
        headers = List.copyOf(headers);
    }

    /** A header of every request. */
    record Header(String name, String value) {}

    /** How requests are authorized. */
    sealed interface Authorization {
        /** Returns what to mend when the endpoint does not accept it. */
        String remedy();

        /** Not at all. */
        record None() implements Authorization {
            @Override
            public String remedy() {
                return "choose an http.authorization.type";
            }
        }

        /** By a value of the header that does not change. */
        record Fixed(String header) implements Authorization {
            @Override
            public String remedy() {
                return "correct http.headers.authorization";
            }

            @Override
            public String toString() {
                return "Fixed[********]";
            }
        }

        /** By a token that is asked for with client credentials. */
        record ClientCredentials(URI tokens, String id, String secret, Optional<String> scope)
                implements Authorization {
            @Override
            public String remedy() {
                return "see what the client of oauth2.client.id may do, and oauth2.scope";
            }

            @Override
            public String toString() {
                return "ClientCredentials[" + tokens + ", " + id + ", ********]";
            }
        }
    }

    /**
     * How records are put together.
     *
     * @param most records in a request; 1 without batching
     * @param hold how long to wait for more; empty to wait for none
     */
    record Batching(int most, Optional<Duration> hold, String prefix, String separator, String suffix) {}

    /** How often, and after which time, a request is repeated. */
    record Retries(int most, Duration backoff) {}

    static HttpSettings of(Map<String, String> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", config.getString("http.headers.content.type")));
        headers.addAll(additional(config.getString("http.headers.additional")));
        String proxy = config.getString("http.proxy.host");
        return new HttpSettings(
                uri(config, "http.url"),
                authorization(config),
                headers,
                proxy.isBlank()
                        ? Optional.empty()
                        : Optional.of(new InetSocketAddress(proxy, config.getInt("http.proxy.port"))),
                Duration.ofSeconds(config.getInt("http.timeout")),
                batching(config, settings),
                new Retries(config.getInt("max.retries"), Duration.ofMillis(config.getLong("retry.backoff.ms"))),
                "BASE64".equals(config.getString("decimal.format")));
    }

    private static Batching batching(AbstractConfig config, Map<String, String> settings) {
        if (!config.getBoolean("batching.enabled")) {
            return new Batching(1, Optional.empty(), "", "", "");
        }
        return new Batching(
                config.getInt("batch.max.size"),
                config.getBoolean("batch.buffering.enabled")
                        ? Optional.of(Duration.ofMillis(config.getLong("batch.max.time.ms")))
                        : Optional.empty(),
                text(settings, "batch.prefix", "["),
                text(settings, "batch.separator", ","),
                text(settings, "batch.suffix", "]"));
    }

    /** A line break at the end of a text is part of it; a definition would take it away. */
    private static String text(Map<String, String> settings, String name, String otherwise) {
        return settings.getOrDefault(name, otherwise);
    }

    private static Authorization authorization(AbstractConfig config) {
        return switch (config.getString("http.authorization.type")) {
            case "static" ->
                new Authorization.Fixed(
                        config.getPassword("http.headers.authorization").value());
            case "oauth2" ->
                new Authorization.ClientCredentials(
                        uri(config, "oauth2.access.token.url"),
                        config.getString("oauth2.client.id"),
                        config.getPassword("oauth2.client.secret").value(),
                        Optional.of(config.getString("oauth2.client.scope")).filter(scope -> !scope.isBlank()));
            default -> new Authorization.None();
        };
    }

    private static List<Header> additional(String list) {
        List<Header> headers = new ArrayList<>();
        for (String item : list.split(",", -1)) {
            if (!item.isBlank()) {
                int colon = item.indexOf(':');
                if (colon < 1) {
                    throw new ConfigException(
                            "http.headers.additional must be a list of name:value, not '" + item + "'");
                }
                headers.add(new Header(
                        item.substring(0, colon).strip(),
                        item.substring(colon + 1).strip()));
            }
        }
        return headers;
    }

    private static URI uri(AbstractConfig config, String name) {
        try {
            URI uri = URI.create(config.getString(name).strip());
            if (uri.getHost() != null
                    && uri.getScheme() != null
                    && uri.getScheme().matches("(?i)https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name + " is no address: " + e.getMessage());
        }
        throw new ConfigException(name + " must be a http or https address with a host");
    }
}
