package io.millrace.destination.sql;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.database.ValidationReport;
import io.millrace.destination.DestinationType;
import io.millrace.destination.ReadBack;
import io.millrace.http.ApiProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A database at MotherDuck. What it says of a token is known when the sink starts. */
public final class MotherDuckDestination implements DestinationType {
    private static final String CATALOG = "motherduck.catalog.user.defined";
    private static final Pattern SAFE_NAME = Pattern.compile("[\\p{L}\\p{N}_ -]{1,200}");

    private final DuckDbSessions sessions;

    public MotherDuckDestination(DuckDbSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String code() {
        return "motherduck";
    }

    @Override
    public void check(ConfigValues config) {
        String catalog = SqlSink.text(config, CATALOG);
        if (!SAFE_NAME.matcher(catalog).matches()) {
            throw new ApiProblem.BadRequest(
                    "'" + CATALOG + "' must be the name of a database, of letters, digits, '_', '-' and blanks, not '"
                            + catalog + "'");
        }
    }

    @Override
    public Map<String, String> properties(ConnectorId id, ConfigValues config) {
        return SqlSink.ingesting(
                new SqlSink.Target(
                        "duckdb",
                        url(config),
                        "",
                        SqlSink.text(config, "motherduck.token"),
                        config.text("table.name.prefix")),
                config);
    }

    private static String url(ConfigValues config) {
        return "jdbc:duckdb:md:" + SqlSink.text(config, CATALOG);
    }

    @Override
    public Optional<ReadBack> readBack(ConfigValues config) {
        return Optional.of(new ReadBack(
                () -> sessions.open(url(config), SqlSink.text(config, "motherduck.token")),
                SqlSink.duckDbSchema(config),
                SqlSink.ingestsByKey(config),
                true));
    }

    @Override
    public ValidationReport validate(ConfigValues config, Duration limit) {
        return new ValidationReport(List.of(), Optional.empty());
    }
}
