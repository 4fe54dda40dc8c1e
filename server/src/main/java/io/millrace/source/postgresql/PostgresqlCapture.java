package io.millrace.source.postgresql;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ServerAddress;
import io.millrace.control.TableName;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.LogRetention;
import io.millrace.database.Password;
import io.millrace.database.ReachedDatabase;
import io.millrace.database.TlsMode;
import io.millrace.database.ValidationReport;
import io.millrace.database.postgresql.CaptureRequirements;
import io.millrace.database.postgresql.PostgresSessions;
import io.millrace.database.postgresql.PostgresValidation;
import io.millrace.database.postgresql.Publications;
import io.millrace.database.postgresql.ReachedPostgres;
import io.millrace.database.postgresql.ReplicationSlots;
import io.millrace.http.ApiProblem;
import io.millrace.source.CaptureType;
import io.millrace.source.Claims;
import io.millrace.source.Ledger;
import io.millrace.source.Made;
import io.millrace.source.SourceId;
import io.millrace.source.relational.ColumnLists;
import io.millrace.source.relational.KeyEffects;
import io.millrace.source.relational.KeyEffects.Effect;
import io.millrace.source.relational.RowTransforms;
import io.millrace.source.relational.TableList;
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

    /** What is done with each key of the catalogue. */
    static final KeyEffects KEYS = KeyEffects.common()
            .andThoseOfListsAndConstants()
            .and(
                    Effect.PROPERTY,
                    "database.dbname",
                    "database.sslmode",
                    "schema.include.list",
                    "slot.name",
                    "publication.name",
                    "post.processors",
                    "heartbeat.use.logical.message",
                    "include.source.db.name.in.table.name.user.defined",
                    "streamkap.snapshot.parallelism",
                    "streamkap.snapshot.chunk.size.bytes",
                    "streamkap.snapshot.state.refresh.ms")
            .and(Effect.SERVER, "snapshot.read.only.user.defined");

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
        KEYS.check(config);
        ServerAddress.of(config);
        tableList(config);
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
                Optional.of(ServerAddress.keyOf(config)),
                config.text("database.dbname"),
                config.text("slot.name"),
                config.text("publication.name"));
    }

    @Override
    public List<TableName> tables(ConfigValues config) {
        return tableList(config).tables();
    }

    @Override
    public TableName nameInTopic(ConfigValues config, TableName table) {
        return new TableName(table.schema(), tablePrefix(config).orElse("") + table.table());
    }

    @Override
    public Map<String, String> properties(SourceId id, ConfigValues config) {
        ServerAddress server = ServerAddress.of(config);
        TableList tables = tableList(config);
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
        // A number of microseconds would take a month for 30.4 days.
        properties.put("interval.handling.mode", "string");
        properties.putAll(Heartbeat.properties(config));
        properties.putAll(postProcessors(config));
        properties.putAll(RowTransforms.properties(config));

        properties.put("millrace.snapshot.parallelism", text(config, "streamkap.snapshot.parallelism"));
        properties.put("millrace.snapshot.chunk.bytes", text(config, "streamkap.snapshot.chunk.size.bytes"));
        properties.put("millrace.snapshot.refresh.ms", text(config, "streamkap.snapshot.state.refresh.ms"));
        return properties;
    }

    @Override
    public ReachedDatabase reach(ConfigValues config) throws ConnectionFailedException {
        return new ReachedPostgres(sessions.open(address(config)), text(config, "slot.name"));
    }

    @Override
    public Optional<String> prepare(ConfigValues config, Ledger ledger) throws SQLException {
        try (Connection connection = sessions.open(address(config))) {
            List<String> notices = new PostgresqlObjects(connection, ledger)
                    .prepare(
                            text(config, "publication.name"),
                            text(config, "slot.name"),
                            text(config, "database.dbname"),
                            tableList(config));
            return notices.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", notices));
        }
    }

    @Override
    public Optional<LogRetention> retention(ConfigValues config) throws SQLException {
        try (Connection connection = sessions.open(address(config))) {
            return new ReplicationSlots(connection).retention(text(config, "slot.name"));
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

    private static DatabaseAddress address(ConfigValues config) {
        return address(config, CONNECT_WITHIN);
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

    private static TableList tableList(ConfigValues config) {
        return TableList.of(config, "schema.include.list", "schema");
    }

    private static String text(ConfigValues config, String key) {
        return config.text(key).orElse("");
    }
}
