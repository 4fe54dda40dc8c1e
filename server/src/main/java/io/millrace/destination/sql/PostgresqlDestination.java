package io.millrace.destination.sql;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.database.Check;
import io.millrace.database.DatabaseValidation;
import io.millrace.database.ValidationReport;
import io.millrace.database.compare.ComparedDatabase;
import io.millrace.database.postgresql.PostgresSessions;
import io.millrace.database.postgresql.PostgresTables;
import io.millrace.destination.DestinationType;
import io.millrace.destination.ReadBack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables of PostgreSQL, or of a database that speaks its language. */
public final class PostgresqlDestination implements DestinationType {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final String SCHEMA = "table.name.prefix";

    private final String code;
    private final PostgresSessions sessions;
    private final DatabaseValidation validation;

    /** @param code {@code postgresql} or {@code cockroachdb} */
    public PostgresqlDestination(String code, PostgresSessions sessions) {
        this.code = code;
        this.sessions = sessions;
        validation = new DatabaseValidation(sessions, List.of("schema", "temporary_tables"));
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public void check(ConfigValues config) {
        ServerDatabase.of(config);
    }

    @Override
    public Map<String, String> properties(ConnectorId id, ConfigValues config) {
        return SqlSink.inserting(
                new SqlSink.Target(
                        "postgresql",
                        ServerDatabase.of(config).url("postgresql"),
                        SqlSink.text(config, "connection.username"),
                        SqlSink.text(config, "connection.password"),
                        config.text(SCHEMA)),
                config);
    }

    @Override
    public Optional<String> prepare(ConfigValues config) throws SQLException {
        try (Connection session = sessions.open(ServerDatabase.of(config).address(config, CONNECT_WITHIN))) {
            Check schema = schema(session, config);
            if (!schema.ok().orElse(true)) {
                throw new SQLException(schema.message() + " " + schema.hint().orElse(""));
            }
            return Optional.empty();
        }
    }

    @Override
    public Optional<ReadBack> readBack(ConfigValues config) {
        return Optional.of(new ReadBack(
                () -> new ComparedDatabase(
                        sessions.open(ServerDatabase.of(config).address(config, CONNECT_WITHIN)), new PostgresTables()),
                SqlSink.text(config, SCHEMA),
                SqlSink.upserts(config),
                !SqlSink.text(config, "quote.identifiers").equals("false")));
    }

    @Override
    public ValidationReport validate(ConfigValues config, Duration limit) {
        return validation.run(
                ServerDatabase.of(config).address(config, limit.dividedBy(3)),
                session -> List.of(schema(session, config), temporaryTables(session)));
    }

    private static Check schema(Connection session, ConfigValues config) throws SQLException {
        String schema = SqlSink.text(config, SCHEMA);
        try (PreparedStatement query = session.prepareStatement(
                """
                SELECT count(*) > 0, coalesce(bool_and(has_schema_privilege(oid, 'USAGE') AND has_schema_privilege(oid, 'CREATE')), false),
                       has_database_privilege(current_database(), 'CREATE'), current_user
                FROM pg_namespace WHERE nspname = ?""")) {
            query.setString(1, schema);
            try (ResultSet found = query.executeQuery()) {
                found.next();
                String user = found.getString(4);
                if (!found.getBoolean(1)) {
                    return found.getBoolean(3)
                            ? Check.passed("schema", "The schema '" + schema + "' will be made.")
                            : Check.failed(
                                    "schema",
                                    "There is no schema '" + schema + "', and user '" + user + "' may not make it.",
                                    "CREATE SCHEMA " + quoted(schema) + " AUTHORIZATION " + quoted(user) + ";");
                }
                return found.getBoolean(2)
                        ? Check.passed("schema", "Tables can be made in schema '" + schema + "'.")
                        : Check.failed(
                                "schema",
                                "User '" + user + "' may not make tables in schema '" + schema + "'.",
                                "GRANT USAGE, CREATE ON SCHEMA " + quoted(schema) + " TO " + quoted(user) + ";");
            }
        }
    }

    private static Check temporaryTables(Connection session) throws SQLException {
        try (PreparedStatement query = session.prepareStatement(
                        "SELECT has_database_privilege(current_database(), 'TEMPORARY'), current_user, current_database()");
                ResultSet found = query.executeQuery()) {
            found.next();
            return found.getBoolean(1)
                    ? Check.passed("temporary_tables", "Temporary tables can be made.")
                    : Check.failed(
                            "temporary_tables",
                            "User '" + found.getString(2) + "' may not make temporary tables, through which rows go.",
                            "GRANT TEMPORARY ON DATABASE " + quoted(found.getString(3)) + " TO "
                                    + quoted(found.getString(2)) + ";");
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
