package io.millrace.source.postgresql;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.control.TableName;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Password;
import io.millrace.database.TlsMode;
import io.millrace.database.ValidationReport;
import io.millrace.database.postgresql.CaptureRequirements;
import io.millrace.database.postgresql.PostgresSessions;
import io.millrace.database.postgresql.PostgresValidation;
import io.millrace.database.postgresql.Publications;
import io.millrace.database.postgresql.ReplicationSlots;
import io.millrace.http.ApiProblem;
import io.millrace.source.CaptureType;
import io.millrace.source.Claims;
import io.millrace.source.Ledger;
import io.millrace.source.Made;
import io.millrace.source.SourceId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Captures PostgreSQL by Debezium inside the snapshot engine. */
public final class PostgresqlCapture implements CaptureType {
    private static final String CONNECTOR_CLASS = "io.millrace.connect.snapshot.postgresql.PostgresSourceConnector";
    private static final String NAMING = "io.millrace.connect.snapshot.postgresql.EscapingTopicNaming";
    private static final int LONGEST_NAME = 63;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration SHORTEST_STEP = Duration.ofSeconds(1);

    private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1," + LONGEST_NAME + "}");
    private static final Pattern UNSAFE_IN_URL = Pattern.compile("[?&/%#;\\\\\\p{Cntrl}]");
    private static final Pattern UNSAFE_IN_PUBLICATION = Pattern.compile("[\"',\\s\\p{Cntrl}]");

    private final PostgresSessions sessions;

    public PostgresqlCapture(PostgresSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String code() {
        return "postgresql";
    }

    @Override
    public void check(ConfigValues config) {
        List<String> notBuilt = KeyEffects.notBuilt(config);
        if (!notBuilt.isEmpty()) {
            throw new ApiProblem.BadRequest("This release does not do what "
                    + String.join(
                            ", ", notBuilt.stream().map(key -> "'" + key + "'").toList())
                    + " asks for; leave it out, or at its default");
        }
        ServerAddress.of(config);
        TableList.of(config);
        ColumnLists.check(config);
        RowTransforms.check(config);
        String database = text(config, "database.dbname");
        if (UNSAFE_IN_URL.matcher(database).find()) {
            throw new ApiProblem.BadRequest("'database.dbname' must not hold any of ? & / % # ; \\");
        }
        if (!SLOT.matcher(text(config, "slot.name")).matches()) {
            throw new ApiProblem.BadRequest("'slot.name' must be 1 to " + LONGEST_NAME
                    + " lower-case letters, digits and underscores, not '" + text(config, "slot.name") + "'");
        }
        String publication = text(config, "publication.name");
        if (UNSAFE_IN_PUBLICATION.matcher(publication).find()
                || publication.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new ApiProblem.BadRequest("'publication.name' must be at most " + LONGEST_NAME
                    + " bytes long, without quotes, commas and blanks");
        }
        checkReferences(config);
    }

    @Override
    public void checkChange(ConfigValues before, ConfigValues after) {
        for (String key : List.of("slot.name", "publication.name")) {
            if (!text(before, key).equals(text(after, key))) {
                throw new ApiProblem.BadRequest(
                        "'" + key + "' cannot be changed: what the log holds from before the new one"
                                + " was made could not be read through it; create another source instead");
            }
        }
    }

    @Override
    public Claims claims(ConfigValues config) {
        return new Claims(
                Optional.of(ServerAddress.of(config).key()),
                config.text("database.dbname"),
                config.text("slot.name"),
                config.text("publication.name"));
    }

    @Override
    public List<TableName> tables(ConfigValues config) {
        return TableList.of(config).tables();
    }

    @Override
    public TableName nameInTopic(ConfigValues config, TableName table) {
        return new TableName(table.schema(), tablePrefix(config).orElse("") + table.table());
    }

    @Override
    public Map<String, String> properties(SourceId id, ConfigValues config) {
        ServerAddress server = ServerAddress.of(config);
        TableList tables = TableList.of(config);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("connector.class", CONNECTOR_CLASS);
        properties.put("topic.naming.strategy", NAMING);
        tablePrefix(config).ifPresent(prefix -> properties.put("millrace.topic.table.prefix", prefix));
        properties.put("plugin.name", "pgoutput");
        // The server makes slot and publication; the connector only uses them.
        properties.put("publication.autocreate.mode", "disabled");
        properties.put("slot.drop.on.stop", "false");
        properties.put("slot.max.retries", "20");
        properties.put("slot.retry.delay.ms", "500");

        properties.put("database.hostname", server.urlHost());
        properties.put("database.port", String.valueOf(server.port()));
        properties.put("database.user", text(config, "database.user"));
        properties.put("database.password", text(config, "database.password"));
        properties.put("database.dbname", text(config, "database.dbname"));
        properties.put("database.sslmode", text(config, "database.sslmode"));
        properties.put("slot.name", text(config, "slot.name"));
        properties.put("publication.name", text(config, "publication.name"));

        properties.put("schema.include.list", tables.schemasAsPatterns());
        properties.put("table.include.list", tables.asPatterns());
        properties.putAll(ColumnLists.properties(config, tables.tables()));
        properties.put("binary.handling.mode", text(config, "binary.handling.mode"));
        properties.putAll(Heartbeat.properties(config));
        properties.putAll(postProcessors(config));
        properties.putAll(RowTransforms.properties(config));

        properties.put("millrace.snapshot.parallelism", text(config, "streamkap.snapshot.parallelism"));
        properties.put("millrace.snapshot.chunk.bytes", text(config, "streamkap.snapshot.chunk.size.bytes"));
        properties.put("millrace.snapshot.refresh.ms", text(config, "streamkap.snapshot.state.refresh.ms"));
        return properties;
    }

    @Override
    public DatabaseAddress address(ConfigValues config) {
        return address(config, CONNECT_WITHIN);
    }

    @Override
    public Optional<String> prepare(ConfigValues config, Ledger ledger) throws SQLException {
        try (Connection connection = sessions.open(address(config))) {
            List<String> notices = new PostgresqlObjects(connection, ledger)
                    .prepare(
                            text(config, "publication.name"),
                            text(config, "slot.name"),
                            text(config, "database.dbname"),
                            TableList.of(config));
            return notices.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", notices));
        }
    }

    @Override
    public void drop(ConfigValues config, Made made) throws SQLException {
        try (Connection connection = sessions.open(address(config))) {
            switch (made.kind()) {
                case SLOT -> new ReplicationSlots(connection).drop(made.name());
                case PUBLICATION -> new Publications(connection).drop(made.name());
            }
        }
    }

    @Override
    public ValidationReport validate(ConfigValues config, boolean running, Duration limit) {
        // The way to the server is gone in a few steps, each with the limit of the address.
        Duration step = limit.dividedBy(3);
        return new PostgresValidation(sessions)
                .run(
                        address(config, step.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : step),
                        new CaptureRequirements(
                                text(config, "slot.name"),
                                running,
                                text(config, "publication.name"),
                                tables(config).stream().map(TableName::toString).toList()));
    }

    private static DatabaseAddress address(ConfigValues config, Duration connectTimeout) {
        ServerAddress server = ServerAddress.of(config);
        return new DatabaseAddress(
                server.host(),
                server.port(),
                text(config, "database.dbname"),
                text(config, "database.user"),
                new Password(text(config, "database.password")),
                text(config, "database.sslmode").equals(TlsMode.DISABLE.wire()) ? TlsMode.DISABLE : TlsMode.REQUIRE,
                connectTimeout,
                "millrace");
    }

    /** What stands before the name of each table in the name of its topic. */
    private static Optional<String> tablePrefix(ConfigValues config) {
        return config.isTrue("include.source.db.name.in.table.name.user.defined")
                ? Optional.of(text(config, "database.dbname") + "_")
                : Optional.empty();
    }

    private static Map<String, String> postProcessors(ConfigValues config) {
        return config.text("post.processors").filter("reselector"::equals).isEmpty()
                ? Map.of()
                : Map.of(
                        "post.processors",
                        "reselector",
                        "post.processors.reselector.type",
                        "io.debezium.processors.reselect.ReselectColumnsPostProcessor",
                        "post.processors.reselector.reselect.unavailable.values",
                        "true",
                        "post.processors.reselector.reselect.null.values",
                        "false");
    }

    /** Workers resolve references in properties; a client must not be able to write one. */
    private static void checkReferences(ConfigValues config) {
        for (Map.Entry<String, JsonNode> member : config.config().properties()) {
            boolean becomesProperty = KeyEffects.all().get(member.getKey()) == KeyEffects.Effect.PROPERTY
                    && !config.connector().key(member.getKey()).orElseThrow().secret();
            if (becomesProperty && member.getValue().asText().contains("${")) {
                throw new ApiProblem.BadRequest("'" + member.getKey() + "' must not hold '${'");
            }
        }
    }

    private static String text(ConfigValues config, String key) {
        return config.text(key).orElse("");
    }
}
