package io.millrace.destination.clickhouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.destination.DestinationType;
import io.millrace.destination.NetworkHost;
import io.millrace.destination.SinkKeys;
import io.millrace.http.ApiProblem;
import io.millrace.http.Json;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes rows into tables of ClickHouse, by a sink of ours. */
public final class ClickHouseSink implements DestinationType {
    static final String HOST = "hostname";
    static final String PORT = "port";
    static final String TLS = "ssl";
    static final String USER = "connection.username";
    static final String PASSWORD = "connection.password";
    static final String DATABASE = "database";

    private static final String CLASS = "io.millrace.connect.sinks.clickhouse.ClickHouseSinkConnector";
    private static final String PREFIX = "table.name.prefix";
    private static final String STATEMENTS = "topics.config.map";
    private static final Duration LOOK_FOR = Duration.ofSeconds(5);

    private static final SinkKeys KEYS = SinkKeys.same(
                    PORT,
                    TLS,
                    DATABASE,
                    "ingestion.mode",
                    "hard.delete",
                    "schema.evolution",
                    PREFIX,
                    "clickhouse.json.support",
                    "quote.identifiers",
                    STATEMENTS,
                    "tasks.max",
                    "consumer.override.max.poll.records")
            .and(USER, "username")
            .and(PASSWORD, "password");

    @Override
    public String code() {
        return "clickhouse";
    }

    @Override
    public void check(ConfigValues config) {
        KEYS.check(config);
        host(config);
        for (String key : new String[] {USER, DATABASE}) {
            String text = config.text(key).orElse("");
            if (text.isBlank() || text.matches("(?s).*[\\r\\n].*")) {
                throw new ApiProblem.BadRequest("'" + key + "' must be a name, not '" + text + "'");
            }
        }
        if (!config.text(PREFIX).orElse("").matches("[A-Za-z0-9_]*")) {
            throw new ApiProblem.BadRequest("'" + PREFIX + "' must be letters, digits and '_', not '"
                    + config.text(PREFIX).orElse("") + "'");
        }
        config.text(STATEMENTS).ifPresent(ClickHouseSink::checkStatements);
    }

    @Override
    public Map<String, String> properties(ConnectorId id, ConfigValues config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("connector.class", CLASS);
        properties.putAll(KEYS.properties(config));
        properties.put("hostname", host(config).name());
        return properties;
    }

    /** Looks only; the sink makes tables when it has rows for them. */
    @Override
    public Optional<String> prepare(ConfigValues config) throws SQLException {
        Optional<Check> failed = ClickHouseLook.at(config, LOOK_FOR).checks().stream()
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
        return ClickHouseLook.at(config, limit);
    }

    static NetworkHost host(ConfigValues config) {
        return NetworkHost.of(config, HOST, PORT);
    }

    private static void checkStatements(String text) {
        try {
            JsonNode map = Json.mapper().readTree(text);
            boolean right = map.isObject();
            for (Map.Entry<String, JsonNode> topic : map.properties()) {
                JsonNode settings = topic.getValue().isTextual()
                        ? Json.mapper().readTree(topic.getValue().textValue())
                        : topic.getValue();
                right &= settings.path("delete_sql_execute").isTextual()
                        || settings.path("delete.sql.execute").isTextual();
            }
            if (right) {
                return;
            }
        } catch (JsonProcessingException e) {
            // said below
        }
        throw new ApiProblem.BadRequest("'" + STATEMENTS
                + "' must be JSON such as {\"public.orders\": \"{\\\"delete_sql_execute\\\": \\\"DELETE FROM orders WHERE"
                + " __deleted = 'true'\\\"}\"}");
    }
}
