package io.millrace.destination.redis;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.destination.DestinationType;
import io.millrace.destination.NetworkHost;
import io.millrace.destination.SinkKeys;
import io.millrace.http.ApiProblem;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes rows into Redis as entries of streams, elements of lists or hashes, by a sink of ours. */
public final class RedisSink implements DestinationType {
    private static final String CLASS = "io.millrace.connect.sinks.redis.RedisSinkConnector";
    private static final String HOST = "redis.host.user.defined";
    private static final String PORT = "redis.port.user.defined";
    private static final String USER = "redis.username";
    private static final String PASSWORD = "redis.password";
    private static final String TLS = "ssl.enabled";
    private static final String KEY = "redis.key";
    private static final String TYPE = "redis.key.data.type";
    private static final String LOGIN = "login";
    private static final Duration LOOK_FOR = Duration.ofSeconds(5);

    private static final SinkKeys KEYS = SinkKeys.same(
                    USER, PASSWORD, "tasks.max", "consumer.override.max.poll.records")
            .and(HOST, "redis.host")
            .and(PORT, "redis.port")
            .and(TLS, "redis.tls")
            .and(KEY, "redis.keyspace");

    @Override
    public String code() {
        return "redis";
    }

    @Override
    public void check(ConfigValues config) {
        KEYS.check(config);
        host(config);
        if (config.text(KEY).orElse("").isBlank()) {
            throw new ApiProblem.BadRequest("'" + KEY + "' must name a key of Redis, for example " + SinkKeys.TOPIC);
        }
    }

    @Override
    public Map<String, String> properties(ConnectorId id, ConfigValues config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("connector.class", CLASS);
        properties.putAll(KEYS.properties(config));
        properties.put("redis.host", host(config).name());
        properties.put("redis.type", type(config).toUpperCase(Locale.ROOT));
        return properties;
    }

    /** Looks only; a stream, list or hash is there once something is written to it. */
    @Override
    public Optional<String> prepare(ConfigValues config) throws SQLException {
        List<Check> failed = look(config, LOOK_FOR).checks().stream()
                .filter(check -> !check.ok().orElse(true))
                .toList();
        if (!failed.isEmpty()) {
            Check first = failed.get(0);
            throw new SQLException(
                    first.message() + first.hint().map(hint -> "; " + hint).orElse(""));
        }
        return Optional.empty();
    }

    @Override
    public ValidationReport validate(ConfigValues config, Duration limit) {
        return look(config, limit);
    }

    private static ValidationReport look(ConfigValues config, Duration limit) {
        NetworkHost host = host(config);
        List<Check> checks = new ArrayList<>();
        Optional<String> version = Optional.empty();
        try (RedisTalk talk = RedisTalk.open(host, config.isTrue(TLS), limit)) {
            checks.add(Check.passed("reach", host + " answers"));
            if (login(talk, config, checks)) {
                version = version(talk);
                checks.add(types(talk, config));
            }
        } catch (IOException e) {
            checks.add(Check.failed(
                    "reach",
                    "Redis at " + host + " does not answer: " + (e.getMessage() == null ? e : e.getMessage()),
                    "start it, or correct '" + HOST + "', '" + PORT + "' or '" + TLS + "'"));
        }
        return new ValidationReport(checks, version);
    }

    private static boolean login(RedisTalk talk, ConfigValues config, List<Check> checks) throws IOException {
        String user = config.text(USER).orElse("default");
        try {
            talk.ask("AUTH", user, config.text(PASSWORD).orElse(""));
            checks.add(Check.passed(LOGIN, "User '" + user + "' is let in"));
            return true;
        } catch (RedisTalk.RefusedException e) {
            checks.add(Check.failed(
                    LOGIN,
                    "Redis does not let user '" + user + "' in: " + e.getMessage(),
                    "correct '" + USER + "' or '" + PASSWORD
                            + "'; the user of a server with only a password is 'default'"));
            return false;
        }
    }

    /** Only where the key is known beforehand. */
    private static Check types(RedisTalk talk, ConfigValues config) throws IOException {
        String key = config.text(KEY).orElse("");
        String wanted = type(config);
        String found = "none";
        if (!key.contains(SinkKeys.TOPIC) && !wanted.equals("Hash")) {
            try {
                found = talk.ask("TYPE", key);
            } catch (RedisTalk.RefusedException e) {
                return Check.failed(
                        "key", "The key '" + key + "' cannot be used: " + e.getMessage(), "give the user the right to");
            }
        }
        return found.equals("none") || found.equalsIgnoreCase(wanted)
                ? Check.passed("key", "The key is free or of the right type")
                : Check.failed(
                        "key",
                        "The key '" + key + "' holds a " + found,
                        "remove it, or correct '" + KEY + "' or '" + TYPE + "'");
    }

    private static Optional<String> version(RedisTalk talk) throws IOException {
        try {
            return talk.ask("INFO", "server")
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (RedisTalk.RefusedException e) {
            return Optional.empty();
        }
    }

    private static NetworkHost host(ConfigValues config) {
        return NetworkHost.of(config, HOST, PORT);
    }

    private static String type(ConfigValues config) {
        return config.text(TYPE).orElse("Stream");
    }
}
