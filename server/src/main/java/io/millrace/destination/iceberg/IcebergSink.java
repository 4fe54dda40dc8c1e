package io.millrace.destination.iceberg;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.destination.DestinationType;
import io.millrace.destination.SinkKeys;
import io.millrace.http.ApiProblem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Iceberg tables of a REST catalogue, of one in a database, or of one whose library the user brings. */
public final class IcebergSink implements DestinationType {
    static final String TYPE = "iceberg.catalog.type";
    static final String URI_KEY = "iceberg.catalog.uri";
    static final String LOGIN_MODE = "iceberg.catalog.auth.mode";
    static final String TOKEN = "iceberg.catalog.token";
    static final String CREDENTIAL = "iceberg.catalog.credential";
    static final String SCOPE = "iceberg.catalog.scope";

    /**
     * Not in the catalogue, whose kinds stay as clients know them: {@code jdbc:sqlite} for a file beside the platform's own
     * data, or the URL of a database of PostgreSQL. It wins over the kind.
     */
    static final String JDBC = "iceberg.catalog.jdbc.uri";

    private static final String CONNECTOR_CLASS = "io.millrace.connect.sinks.iceberg.IcebergSinkConnector";
    private static final String NAME = "iceberg.catalog.name";
    private static final String ROLE = "iceberg.catalog.client.assume-role.arn";
    private static final String NAMESPACE = "table.name.prefix";
    private static final String COMPACTION = "iceberg.tables.compaction.";
    private static final String SQLITE = "jdbc:sqlite";
    private static final Pattern POSTGRESQL = Pattern.compile("jdbc:postgresql://[^?\\s$]+(\\?[^\\s$]*)?");
    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,99}");
    private static final Duration LOOK_FOR = Duration.ofSeconds(10);

    private static final Map<String, String> LIBRARIES = Map.of(
            "hive", "org.apache.iceberg.hive.HiveCatalog",
            "glue", "org.apache.iceberg.aws.glue.GlueCatalog");

    private static final SinkKeys KEYS = SinkKeys.same(
                    "iceberg.tables.default-id-columns",
                    "iceberg.tables.hard-delete-enabled",
                    COMPACTION + "enabled",
                    COMPACTION + "target-file-size-bytes",
                    COMPACTION + "min-small-files",
                    COMPACTION + "max-files-per-run",
                    COMPACTION + "commit-threshold",
                    COMPACTION + "expire-snapshots",
                    COMPACTION + "retain-last")
            .and(NAMESPACE, "iceberg.namespace")
            .and("insert.mode.user.defined", "iceberg.mode")
            .and("quote.identifiers", "iceberg.quote.identifiers");

    /** Whole numbers, which arrive as text, and their least values. */
    private static final Map<String, Long> NUMBERS = Map.of(
            COMPACTION + "target-file-size-bytes",
            1L,
            COMPACTION + "min-small-files",
            1L,
            COMPACTION + "max-files-per-run",
            1L,
            COMPACTION + "commit-threshold",
            1L,
            COMPACTION + "retain-last",
            1L,
            "iceberg.commit.interval.ms",
            100L,
            "iceberg.commit.max.bytes",
            1_000L);

    /** Not in the catalogue: when a table is committed. */
    private static final List<String> LIMITS = List.of("iceberg.commit.interval.ms", "iceberg.commit.max.bytes");

    private final Path home;
    private final Clock clock;

    /** @param home folder of warehouses and catalogues on the local disk; made when the first one is */
    public IcebergSink(Path home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    @Override
    public String code() {
        return "iceberg";
    }

    @Override
    public void check(ConfigValues config) {
        KEYS.check(config);
        Warehouse warehouse = new Warehouse(home, config);
        warehouse.check();
        if (Arrays.stream(text(config, NAMESPACE).split("\\.", -1)).anyMatch(String::isBlank)) {
            throw new ApiProblem.BadRequest("'" + NAMESPACE + "' must name a namespace, with dots between its levels"
                    + " and none at its ends, not '" + text(config, NAMESPACE) + "'");
        }
        NUMBERS.forEach((key, least) -> config.text(key).ifPresent(given -> {
            if (!given.matches("[0-9]{1,15}") || Long.parseLong(given) < least) {
                throw new ApiProblem.BadRequest(
                        "'" + key + "' must be a whole number of at least " + least + ", not '" + given + "'");
            }
        }));
        switch (kind(config)) {
            case "jdbc" -> {
                jdbc(config);
                warehouse.folder();
            }
            case "rest" -> {
                // The catalogue of the contract does not require it: without it a destination is saved, and Broken.
                if (config.text(URI_KEY).isPresent()) {
                    rest(config);
                }
                login(config);
            }
            case "hive" -> require(config, URI_KEY);
            default -> {
                // Glue is found by region and role
            }
        }
    }

    static String kind(ConfigValues config) {
        return config.text(JDBC).isPresent() ? "jdbc" : text(config, TYPE);
    }

    /** Returns the address of a REST catalogue. */
    static URI rest(ConfigValues config) {
        String text = text(config, URI_KEY);
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new ApiProblem.BadRequest("'" + URI_KEY + "' must be the address of a REST catalogue such as"
                + " https://catalog.example.org/api, without user or password, not '" + text + "'");
    }

    private static void login(ConfigValues config) {
        switch (text(config, LOGIN_MODE)) {
            case "token" -> require(config, TOKEN);
            case "oauth2" -> require(config, CREDENTIAL);
            default -> {
                // none
            }
        }
    }

    private static void require(ConfigValues config, String key) {
        if (text(config, key).isBlank()) {
            throw new ApiProblem.BadRequest("'" + key + "' is missing");
        }
    }

    private String jdbc(ConfigValues config) {
        String given = text(config, JDBC);
        if (given.equals(SQLITE)) {
            String name = name(config);
            if (!SAFE_NAME.matcher(name).matches()) {
                throw new ApiProblem.BadRequest("'" + NAME + "' must be 1 to 100 letters, digits, '_' and '-', not '"
                        + name + "'; the file of the catalogue is named after it");
            }
            return SQLITE + ":" + home.resolve(name + ".db") + "?busy_timeout=10000";
        }
        if (!POSTGRESQL.matcher(given).matches()) {
            throw new ApiProblem.BadRequest("'" + JDBC + "' must be jdbc:sqlite for a file beside the platform's own"
                    + " data, or a URL such as jdbc:postgresql://db:5432/catalog, with user:password in '" + CREDENTIAL
                    + "'");
        }
        return given;
    }

    private static String name(ConfigValues config) {
        return config.text(NAME).orElse("iceberg");
    }

    @Override
    public Map<String, String> properties(ConnectorId id, ConfigValues config) {
        Map<String, String> properties = new LinkedHashMap<>();
        Warehouse warehouse = new Warehouse(home, config);
        String kind = kind(config);
        properties.put("connector.class", CONNECTOR_CLASS);
        properties.put("iceberg.catalog", LIBRARIES.getOrDefault(kind, kind));
        properties.put("iceberg.catalog.name", name(config));
        properties.putAll(KEYS.properties(config));
        LIMITS.forEach(key -> config.text(key).ifPresent(value -> properties.put(key, value)));
        properties.putAll(warehouse.access());
        properties.put("catalog.warehouse", text(config, Warehouse.NAME));
        switch (kind) {
            case "jdbc" -> {
                properties.put("catalog.uri", jdbc(config));
                // The sink takes user and password apart: here it is a reference to a secret.
                config.text(CREDENTIAL).ifPresent(pair -> properties.put("iceberg.jdbc.credential", pair));
                properties.putAll(warehouse.ownPlace());
            }
            case "rest" -> {
                properties.put("catalog.uri", text(config, URI_KEY));
                SinkKeys.same()
                        .and(TOKEN, "catalog.token")
                        .and(CREDENTIAL, "catalog.credential")
                        .and(SCOPE, "catalog.scope")
                        .properties(config)
                        .forEach(properties::put);
            }
            case "hive" -> properties.put("catalog.uri", text(config, URI_KEY));
            default ->
                config.textInEffect(ROLE).ifPresent(role -> {
                    properties.put("catalog.client.factory", "org.apache.iceberg.aws.AssumeRoleAwsClientFactory");
                    properties.put("catalog.client.assume-role.arn", role);
                    properties.put("catalog.client.assume-role.region", text(config, Warehouse.REGION));
                });
        }
        return properties;
    }

    @Override
    public Optional<String> prepare(ConfigValues config) throws SQLException {
        if (kind(config).equals("jdbc")) {
            try {
                Files.createDirectories(home);
            } catch (IOException e) {
                throw new SQLException("The folder of Iceberg's files cannot be made: " + e.getMessage(), e);
            }
        }
        Optional<Check> failed = validate(config, LOOK_FOR).checks().stream()
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
        return new CatalogLook(config, home, clock).look(limit);
    }

    static String text(ConfigValues config, String key) {
        return config.text(key).orElse("");
    }
}
