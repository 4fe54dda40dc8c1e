package io.millrace.destination.sql;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.destination.DestinationType;
import io.millrace.destination.ReadBack;
import io.millrace.http.ApiProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file of DuckDB beside the platform's own data. */
public final class DuckDbDestination implements DestinationType {
    private static final String NAME = "duckdb.database";
    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,99}");

    private final Path folder;
    private final DuckDbSessions sessions;

    /** @param folder of all files; made when the first one is */
    public DuckDbDestination(Path folder, DuckDbSessions sessions) {
        this.folder = folder;
        this.sessions = sessions;
    }

    @Override
    public String code() {
        return "duckdb";
    }

    @Override
    public void check(ConfigValues config) {
        String name = SqlSink.text(config, NAME);
        if (!SAFE_NAME.matcher(name).matches()) {
            throw new ApiProblem.BadRequest("'" + NAME + "' must be 1 to 100 letters, digits, '_' and '-', not '" + name
                    + "'; the file is named after it");
        }
    }

    @Override
    public Map<String, String> properties(ConnectorId id, ConfigValues config) {
        return SqlSink.ingesting(
                new SqlSink.Target("duckdb", url(config), "", "", config.text("table.name.prefix")), config);
    }

    private String url(ConfigValues config) {
        return "jdbc:duckdb:" + file(config);
    }

    /** Returns the file of a configuration. */
    private Path file(ConfigValues config) {
        return folder.resolve(SqlSink.text(config, NAME) + ".duckdb");
    }

    @Override
    public Optional<String> prepare(ConfigValues config) throws SQLException {
        try {
            Files.createDirectories(folder);
            return Optional.empty();
        } catch (IOException e) {
            throw new SQLException("The folder of DuckDB's files cannot be made: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<ReadBack> readBack(ConfigValues config) {
        return Optional.of(new ReadBack(
                () -> {
                    if (!Files.exists(file(config))) {
                        throw new SQLException(
                                "There is no file of DuckDB yet: the destination makes it when it starts");
                    }
                    return sessions.open(url(config), "");
                },
                SqlSink.duckDbSchema(config),
                SqlSink.ingestsByKey(config),
                true));
    }

    @Override
    public ValidationReport validate(ConfigValues config, Duration limit) {
        Path nearest = folder;
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        return new ValidationReport(
                List.of(
                        Files.isWritable(nearest)
                                ? Check.passed("folder", "The file can be made.")
                                : Check.failed(
                                        "folder",
                                        "The folder of DuckDB's files cannot be written.",
                                        "Let the platform's user write its data folder.")),
                Optional.empty());
    }
}
