package io.millrace.source.binlog;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ServerAddress;
import io.millrace.control.TableName;
import io.millrace.database.Check;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.Password;
import io.millrace.database.ReachedDatabase;
import io.millrace.database.ValidationReport;
import io.millrace.database.mariadb.CaptureRequirements;
import io.millrace.database.mariadb.MariaDbSessions;
import io.millrace.database.mariadb.MariaDbValidation;
import io.millrace.database.mariadb.ReachedMariaDb;
import io.millrace.http.ApiProblem;
import io.millrace.source.CaptureType;
import io.millrace.source.Claims;
import io.millrace.source.Ledger;
import io.millrace.source.Made;
import io.millrace.source.SourceId;
import io.millrace.source.relational.ColumnLists;
import io.millrace.source.relational.RowTransforms;
import io.millrace.source.relational.TableList;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Captures MariaDB or MySQL by Debezium inside the snapshot engine. */
public final class BinlogCapture implements CaptureType {
    static final String DATABASES = "database.include.list.user.defined";
    static final String ONLY_CAPTURED_DATABASES = "schema.history.internal.store.only.captured.databases.ddl";
    static final String ONLY_CAPTURED_TABLES = "schema.history.internal.store.only.captured.tables.ddl";

    private static final String NAMING = "io.millrace.connect.snapshot.binlog.EscapingTopicNaming";
    private static final String TABLE_ACCESS = "table_access";
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration SHORTEST_STEP = Duration.ofSeconds(1);

    private final Flavour flavour;
    private final MariaDbSessions sessions;

    public BinlogCapture(Flavour flavour, MariaDbSessions sessions) {
        this.flavour = flavour;
        this.sessions = sessions;
    }

    @Override
    public String code() {
        return flavour.code();
    }

    @Override
    public void check(ConfigValues config) {
        flavour.keys().check(config);
        ServerAddress.of(config);
        tableList(config);
        ColumnLists.check(config);
        RowTransforms.check(config);
    }

    /** What the history was told to leave out is not in it later either. */
    @Override
    public void checkChange(ConfigValues before, ConfigValues after) {
        for (String key : List.of(ONLY_CAPTURED_DATABASES, ONLY_CAPTURED_TABLES)) {
            if (!before.isTrue(key)) {
                continue;
            }
            if (!after.isTrue(key)) {
                throw new ApiProblem.BadRequest("'" + key + "' cannot be turned off: the history of the source has left"
                        + " out what was not captured; create another source instead");
            }
            List<TableName> known = tables(before);
            Optional<TableName> further = tables(after).stream()
                    .filter(table -> !known.contains(table))
                    .findFirst();
            if (further.isPresent()) {
                throw new ApiProblem.BadRequest("Table '" + further.get() + "' cannot be added while '" + key
                        + "' is true: the history of the source does not know it; create another source for it");
            }
        }
    }

    @Override
    public Claims claims(ConfigValues config) {
        return new Claims(
                Optional.of(ServerAddress.keyOf(config)), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public List<TableName> tables(ConfigValues config) {
        return tableList(config).tables();
    }

    @Override
    public Map<String, String> properties(SourceId id, ConfigValues config) {
        ServerAddress server = ServerAddress.of(config);
        TableList tables = tableList(config);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("connector.class", flavour.connectorClass());
        properties.put("topic.naming.strategy", NAMING);
        properties.put("database.server.id", String.valueOf(ReaderNumber.of(id).value()));
        properties.put("database.hostname", server.urlHost());
        properties.put("database.port", String.valueOf(server.port()));
        properties.put("database.user", text(config, "database.user"));
        properties.put("database.password", text(config, "database.password"));
        properties.putAll(flavour.connection(config));
        // Making a source must not lock the tables of a server that is at work.
        properties.put("snapshot.locking.mode", "none");
        properties.put("include.schema.changes", "false");
        properties.put(ONLY_CAPTURED_DATABASES, String.valueOf(config.isTrue(ONLY_CAPTURED_DATABASES)));
        properties.put(ONLY_CAPTURED_TABLES, String.valueOf(config.isTrue(ONLY_CAPTURED_TABLES)));

        properties.put("database.include.list", tables.schemasAsPatterns());
        properties.put("table.include.list", tables.asPatterns());
        properties.putAll(ColumnLists.properties(config, tables.tables()));
        properties.put("binary.handling.mode", text(config, "binary.handling.mode"));
        // A number beyond the signed ones is negative then; destinations know by the type, which the schema tells.
        properties.put("bigint.unsigned.handling.mode", "long");
        properties.put("datatype.propagate.source.type", ".+\\.BIGINT UNSIGNED.*");
        properties.putAll(Heartbeat.properties(config));
        properties.putAll(RowTransforms.properties(config));
        properties.put("millrace.snapshot.parallelism", String.valueOf(flavour.readers()));
        return properties;
    }

    @Override
    public Optional<String> historyTopic(SourceId id) {
        return Optional.of(id.topicPrefix() + "-schema-history");
    }

    @Override
    public boolean canHoldItsStream() {
        return flavour.placesItsSnapshots();
    }

    @Override
    public ReachedDatabase reach(ConfigValues config) throws ConnectionFailedException {
        return new ReachedMariaDb(sessions.open(address(config, CONNECT_WITHIN)));
    }

    /** Makes nothing; looks whether the server can be captured at all. */
    @Override
    public Optional<String> prepare(ConfigValues config, Ledger ledger) throws SQLException {
        List<Check> failed = validation(config, CONNECT_WITHIN).checks().stream()
                .filter(check -> !check.ok().orElse(true))
                .toList();
        Optional<Check> fatal = failed.stream()
                .filter(check -> !check.name().equals(TABLE_ACCESS))
                .findFirst();
        if (fatal.isPresent()) {
            throw new SQLException(words(fatal.get()));
        }
        return failed.stream().map(BinlogCapture::words).findFirst();
    }

    @Override
    public void drop(ConfigValues config, Made made) {
        throw new IllegalStateException("Nothing is ever made in a database of this kind, and " + made + " was not");
    }

    @Override
    public ValidationReport validate(ConfigValues config, boolean running, Duration limit) {
        // The way to the server is gone in a few steps, each with the limit of the address.
        Duration step = limit.dividedBy(3);
        return validation(config, step.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : step);
    }

    private ValidationReport validation(ConfigValues config, Duration connectTimeout) {
        return new MariaDbValidation(sessions)
                .run(
                        address(config, connectTimeout),
                        new CaptureRequirements(
                                flavour.product(),
                                Optional.empty(),
                                !config.isTrue(ONLY_CAPTURED_TABLES),
                                tables(config)));
    }

    private DatabaseAddress address(ConfigValues config, Duration connectTimeout) {
        ServerAddress server = ServerAddress.of(config);
        return new DatabaseAddress(
                server.host(),
                server.port(),
                "",
                text(config, "database.user"),
                new Password(text(config, "database.password")),
                flavour.tls(config),
                connectTimeout,
                "millrace");
    }

    private static TableList tableList(ConfigValues config) {
        return TableList.of(config, DATABASES, "database");
    }

    private static String words(Check check) {
        return check.message() + check.hint().map(hint -> " " + hint).orElse("");
    }

    private static String text(ConfigValues config, String key) {
        return config.text(key).orElse("");
    }
}
