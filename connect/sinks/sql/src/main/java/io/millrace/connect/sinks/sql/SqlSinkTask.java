package io.millrace.connect.sinks.sql;

import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.DestinationTask;
import io.millrace.connect.sinks.sql.duckdb.DuckDbDialect;
import io.millrace.connect.sinks.sql.mysql.MysqlDialect;
import io.millrace.connect.sinks.sql.postgresql.PostgresqlDialect;
import java.sql.SQLException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Writes the partitions of topics that it is given. */
public final class SqlSinkTask extends DestinationTask {
    /** For Connect. */
    public SqlSinkTask() {}

    @Override
    protected Destination open(Map<String, String> given) throws SQLException {
        SqlSettings settings = SqlSettings.of(given);
        return SqlDestination.open(settings, dialect(settings));
    }

    private static Dialect dialect(SqlSettings settings) {
        return switch (settings.product()) {
            case "postgresql" -> new PostgresqlDialect(settings.quote());
            case "mysql" -> new MysqlDialect();
            case "duckdb" -> new DuckDbDialect();
            default -> throw new ConfigException("sql.product", settings.product(), "no such product");
        };
    }
}
