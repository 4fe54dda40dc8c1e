package io.millrace.destination.httpsink;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.destination.DestinationType;
import io.millrace.destination.SinkKeys;
import io.millrace.http.ApiProblem;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Sends rows as JSON to an HTTP endpoint, by a sink of ours. */
public final class HttpSink implements DestinationType {
    static final String URL = "http.url";
    static final String AUTHORIZATION = "http.authorization.type";
    static final String TOKEN_URL = "oauth2.access.token.url";
    static final String CLIENT = "oauth2.client.id";
    static final String SECRET = "oauth2.client.secret";
    static final String PROXY_HOST = "http.proxy.host";
    static final String PROXY_PORT = "http.proxy.port";

    private static final String CLASS = "io.millrace.connect.sinks.httpsink.HttpSinkConnector";
    private static final String FIXED = "http.headers.authorization";
    private static final String MORE_HEADERS = "http.headers.additional";
    private static final String TOLERANCE = "errors.tolerance.user.defined";
    private static final String BATCHING = "batching.enabled";
    private static final Duration LOOK_FOR = Duration.ofSeconds(5);
    private static final long MOST_MILLIS = Duration.ofHours(1).toMillis();
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** The client of the sink writes these itself, or there is another key for them. */
    private static final Set<String> NOT_ADDITIONAL =
            Set.of("connection", "content-length", "content-type", "expect", "host", "transfer-encoding", "upgrade");

    private static final SinkKeys KEYS = SinkKeys.same(
                    URL,
                    AUTHORIZATION,
                    FIXED,
                    TOKEN_URL,
                    CLIENT,
                    SECRET,
                    "http.headers.content.type",
                    MORE_HEADERS,
                    PROXY_HOST,
                    PROXY_PORT,
                    BATCHING,
                    "batch.max.size",
                    "batch.buffering.enabled",
                    "batch.max.time.ms",
                    "batch.prefix",
                    "batch.suffix",
                    "batch.separator",
                    "max.retries",
                    "retry.backoff.ms",
                    "http.timeout",
                    "decimal.format",
                    "consumer.override.max.poll.records")
            .and("oauth2.scope", "oauth2.client.scope");

    private final HttpLook look = new HttpLook();

    @Override
    public String code() {
        return "httpsink";
    }

    @Override
    public void check(ConfigValues config) {
        KEYS.check(config);
        address(config, URL);
        switch (authorization(config)) {
            case "static" -> need(config, FIXED);
            case "oauth2" -> {
                address(config, TOKEN_URL);
                need(config, CLIENT);
                need(config, SECRET);
            }
            default -> {}
        }
        headers(config);
        proxy(config);
        SinkKeys.number(config, "batch.max.size", 1, 100_000);
        SinkKeys.number(config, "batch.max.time.ms", 1, MOST_MILLIS);
        SinkKeys.number(config, "max.retries", 0, 1_000);
        SinkKeys.number(config, "retry.backoff.ms", 0, MOST_MILLIS);
        SinkKeys.number(config, "http.timeout", 1, 240);
    }

    @Override
    public Map<String, String> properties(ConnectorId id, ConfigValues config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("connector.class", CLASS);
        properties.putAll(KEYS.properties(config));
        // A batch is refused as a whole, so nobody was asked which of its records may be left out.
        properties.put(
                "errors.tolerance",
                config.isTrue(BATCHING) ? "none" : config.text(TOLERANCE).orElse("none"));
        return properties;
    }

    /** An endpoint that is away only for now stops nothing: the sink waits for it. */
    @Override
    public Optional<String> prepare(ConfigValues config) throws SQLException {
        List<Check> failed = look.at(config, LOOK_FOR).stream()
                .filter(check -> !check.ok().orElse(true))
                .toList();
        Optional<Check> refused = failed.stream()
                .filter(check -> check.name().equals(HttpLook.AUTHORIZATION))
                .findFirst();
        if (refused.isPresent()) {
            throw new SQLException(words(refused.get()));
        }
        return failed.stream().map(HttpSink::words).findFirst();
    }

    @Override
    public ValidationReport validate(ConfigValues config, Duration limit) {
        return new ValidationReport(look.at(config, limit), Optional.empty());
    }

    static String authorization(ConfigValues config) {
        return config.text(AUTHORIZATION).orElse("none");
    }

    /** Reads an address; refuses what is none, and one that shows a password to everybody who may read. */
    static URI address(ConfigValues config, String key) {
        String text = config.text(key).orElse("").strip();
        try {
            URI uri = URI.create(text);
            if (uri.getRawUserInfo() != null) {
                throw new ApiProblem.BadRequest("'" + key + "' must not hold a user or password; use '" + AUTHORIZATION
                        + "' and the keys that belong to it");
            }
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("(?i)https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new ApiProblem.BadRequest(
                "'" + key + "' must be an address such as https://example.org/records, not '" + text + "'");
    }

    /** Returns the headers of every request, by name. */
    static Map<String, String> headers(ConfigValues config) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", line(config, "http.headers.content.type", "application/json"));
        List<String> broken = new ArrayList<>();
        for (String item : config.text(MORE_HEADERS).orElse("").split(",", -1)) {
            if (item.isBlank()) {
                continue;
            }
            int colon = item.indexOf(':');
            String name = colon < 0 ? "" : item.substring(0, colon).strip();
            if (!TOKEN.matcher(name).matches() || item.substring(colon + 1).matches("(?s).*[\\r\\n].*")) {
                broken.add("'" + item.strip() + "' is not of the form name:value");
            } else if (NOT_ADDITIONAL.contains(name.toLowerCase(Locale.ROOT))) {
                broken.add("'" + name + "' cannot be set here");
            } else {
                headers.put(name, item.substring(colon + 1).strip());
            }
        }
        if (!broken.isEmpty()) {
            throw new ApiProblem.BadRequest("'" + MORE_HEADERS + "' must be a list such as X-Tenant:7,X-From:millrace: "
                    + String.join("; ", broken));
        }
        if (authorization(config).equals("static")) {
            headers.put("Authorization", line(config, FIXED, ""));
        }
        return headers;
    }

    private static void need(ConfigValues config, String key) {
        if (config.text(key).orElse("").isBlank()) {
            throw new ApiProblem.BadRequest("'" + key + "' is missing; '" + AUTHORIZATION + "' is '"
                    + authorization(config) + "' and needs it");
        }
    }

    private static String line(ConfigValues config, String key, String otherwise) {
        String value = config.text(key).orElse(otherwise);
        if (value.matches("(?s).*[\\r\\n].*")) {
            throw new ApiProblem.BadRequest("'" + key + "' must be one line");
        }
        return value;
    }

    private static void proxy(ConfigValues config) {
        boolean host = config.given(PROXY_HOST).isPresent();
        if (host != config.given(PROXY_PORT).isPresent()) {
            throw new ApiProblem.BadRequest(
                    "'" + PROXY_HOST + "' and '" + PROXY_PORT + "' go together; give both or neither");
        }
        if (host) {
            SinkKeys.number(config, PROXY_PORT, 1, 65_535);
        }
    }

    private static String words(Check check) {
        return check.message() + check.hint().map(hint -> "; " + hint).orElse("");
    }
}
