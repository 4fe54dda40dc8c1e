package io.millrace.destination.kafka;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes rows to the topics of another Kafka cluster, by a sink of ours. */
public final class KafkaSink implements DestinationType {
    static final String BOOTSTRAP = "kafka.sink.bootstrap";
    static final String FORMAT = "destination.format";
    static final String REGISTRY = "schema.registry.url.user.defined";

    private static final String CLASS = "io.millrace.connect.sinks.kafka.KafkaSinkConnector";
    private static final String PREFIX = "topic.prefix";
    private static final String SUFFIX = "topic.suffix";
    private static final String OFFSET = "transforms.InsertField.offset.field";
    private static final Duration LOOK_FOR = Duration.ofSeconds(10);
    private static final int LONGEST_PART = 100;

    private static final Pattern SERVER = Pattern.compile("([A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})");
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9._-]*");
    private static final Pattern LIST = Pattern.compile("\\s*,\\s*");

    private static final SinkKeys KEYS = SinkKeys.same(
                    FORMAT, "json.schema.enable", PREFIX, SUFFIX, "tasks.max", "consumer.override.max.poll.records")
            .and(BOOTSTRAP, BOOTSTRAP)
            .and(REGISTRY, "schema.registry.url");

    @Override
    public String code() {
        return "kafka";
    }

    @Override
    public void check(ConfigValues config) {
        KEYS.check(config);
        servers(config);
        part(config, PREFIX);
        part(config, SUFFIX);
        if (config.text(OFFSET).orElse("").isBlank()) {
            throw new ApiProblem.BadRequest(
                    "'" + OFFSET + "' must be the name of a column, for example _streamkap_offset");
        }
        if (isAvro(config)) {
            registry(config);
        }
    }

    @Override
    public Map<String, String> properties(ConnectorId id, ConfigValues config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("connector.class", CLASS);
        properties.putAll(KEYS.properties(config));
        properties.put(BOOTSTRAP, servers(config));
        return properties;
    }

    /** Looks only; the sink makes topics when it has something for them. */
    @Override
    public Optional<String> prepare(ConfigValues config) throws SQLException {
        Optional<Check> failed = ClusterLook.at(config, LOOK_FOR).stream()
                .filter(check -> !check.ok().orElse(true))
                .findFirst();
        if (failed.isPresent()) {
            throw new SQLException(failed.get().message()
                    + failed.get().hint().map(hint -> "; " + hint).orElse(""));
        }
        return Optional.empty();
    }

    @Override
    public ValidationReport validate(ConfigValues config, Duration limit) {
        return new ValidationReport(ClusterLook.at(config, limit), Optional.empty());
    }

    static boolean isAvro(ConfigValues config) {
        return config.text(FORMAT).filter("avro"::equals).isPresent();
    }

    /** Returns the bootstrap servers as Kafka's clients read them. */
    static String servers(ConfigValues config) {
        String text = config.text(BOOTSTRAP).orElse("").strip();
        for (String server : LIST.split(text, -1)) {
            if (!SERVER.matcher(server).matches()
                    || Integer.parseInt(server.substring(server.lastIndexOf(':') + 1)) > 65_535) {
                throw new ApiProblem.BadRequest("'" + BOOTSTRAP
                        + "' must be a list such as broker1:9092,broker2:9092; '" + server + "' is not host:port");
            }
        }
        return LIST.matcher(text).replaceAll(",");
    }

    /** Reads the address of the registry, which may hold user and password. */
    static URI registry(ConfigValues config) {
        String text = config.text(REGISTRY).orElse("").strip();
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("(?i)https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below, without what was given: it may hold a password
        }
        throw new ApiProblem.BadRequest("'" + REGISTRY + "' must be the address of a schema registry, such as"
                + " http://registry:8081, when '" + FORMAT + "' is avro");
    }

    private static void part(ConfigValues config, String key) {
        String text = config.text(key).orElse("");
        if (!PART.matcher(text).matches() || text.length() > LONGEST_PART) {
            throw new ApiProblem.BadRequest("'" + key + "' becomes part of the names of topics: at most " + LONGEST_PART
                    + " letters, digits, '.', '_' and '-', not '" + text + "'");
        }
    }
}
