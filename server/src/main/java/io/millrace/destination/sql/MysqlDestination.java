package io.millrace.destination.sql;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.database.DatabaseValidation;
import io.millrace.database.ValidationReport;
import io.millrace.database.compare.ComparedDatabase;
import io.millrace.database.mariadb.MariaDbSessions;
import io.millrace.database.mariadb.MariaDbTables;
import io.millrace.destination.DestinationType;
import io.millrace.destination.ReadBack;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables of MySQL or MariaDB. */
public final class MysqlDestination implements DestinationType {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private final MariaDbSessions sessions;
    private final DatabaseValidation validation;

    public MysqlDestination(MariaDbSessions sessions) {
        this.sessions = sessions;
        validation = new DatabaseValidation(sessions, List.of());
    }

    @Override
    public String code() {
        return "mysql";
    }

    @Override
    public void check(ConfigValues config) {
        ServerDatabase.of(config);
    }

    @Override
    public Map<String, String> properties(ConnectorId id, ConfigValues config) {
        return SqlSink.inserting(
                new SqlSink.Target(
                        "mysql",
                        ServerDatabase.of(config).url("mariadb"),
                        SqlSink.text(config, "connection.username"),
                        SqlSink.text(config, "connection.password"),
                        Optional.empty()),
                config);
    }

    @Override
    public Optional<String> prepare(ConfigValues config) throws SQLException {
        try (Connection session = sessions.open(ServerDatabase.of(config).address(config, CONNECT_WITHIN))) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<ReadBack> readBack(ConfigValues config) {
        ServerDatabase database = ServerDatabase.of(config);
        return Optional.of(new ReadBack(
                () -> new ComparedDatabase(
                        sessions.open(database.address(config, CONNECT_WITHIN)), new MariaDbTables()),
                database.name(),
                SqlSink.upserts(config),
                true));
    }

    @Override
    public ValidationReport validate(ConfigValues config, Duration limit) {
        return validation.run(ServerDatabase.of(config).address(config, limit.dividedBy(3)), session -> List.of());
    }
}
