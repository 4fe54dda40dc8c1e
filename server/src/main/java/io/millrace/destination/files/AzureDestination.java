package io.millrace.destination.files;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.destination.DestinationType;
import io.millrace.destination.SinkKeys;
import io.millrace.http.ApiProblem;
import io.millrace.objectstore.AzureContainer;
import io.millrace.objectstore.AzureLocation;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Files in a container of Azure Blob Storage.
 *
 * <p>What the catalogue does not require, and a connection string that cannot be understood, are found out by trying: such a
 * destination is saved, and Broken with the reason.
 */
public final class AzureDestination implements DestinationType {
    private static final String CONNECTION = "azblob.connection.string.user.defined";
    private static final String CONTAINER = "azblob.container.name";
    private static final String FOLDER = "topics.dir";
    private static final String COMPRESSION = "compression";
    private static final String HEAD = "format.csv.write.headers";
    private static final String RECORDS = "flush.size";
    private static final String BYTES = "file.size";
    private static final String INTERVAL = "rotate.interval.ms";
    private static final List<String> KNOWN_COMPRESSIONS = List.of("none", "gzip", "snappy", "zstd");

    /** What one request of the sink can put, in bytes. */
    private static final long MOST_BYTES = 4L << 30;

    private static final long LEAST_INTERVAL = 100;

    private final Clock clock;

    /** @param clock right to a few minutes, or the store refuses every request */
    public AzureDestination(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String code() {
        return "azblob";
    }

    @Override
    public void check(ConfigValues config) {
        FileKeys.check(config, CONTAINER, FOLDER);
        if (!KNOWN_COMPRESSIONS.contains(compression(config))) {
            throw new ApiProblem.BadRequest("'" + COMPRESSION + "' must be one of "
                    + String.join(", ", KNOWN_COMPRESSIONS) + ", not '" + compression(config) + "'");
        }
        SinkKeys.number(config, RECORDS, 1, Integer.MAX_VALUE);
        SinkKeys.number(config, BYTES, 1, MOST_BYTES);
        SinkKeys.number(config, INTERVAL, -1, Integer.MAX_VALUE);
    }

    @Override
    public Map<String, String> properties(ConnectorId id, ConfigValues config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("connector.class", FileKeys.CONNECTOR_CLASS);
        properties.put("file.store", code());
        properties.put("azblob.connection.string", FileKeys.text(config, CONNECTION));
        properties.put(CONTAINER, FileKeys.text(config, CONTAINER));
        properties.put("file.max.records", FileKeys.text(config, RECORDS));
        properties.put("file.max.bytes", FileKeys.text(config, BYTES));
        long interval = SinkKeys.number(config, INTERVAL, -1, Integer.MAX_VALUE);
        if (interval > 0) {
            properties.put(FileKeys.INTERVAL, String.valueOf(Math.max(LEAST_INTERVAL, interval)));
        }
        properties.putAll(FileKeys.properties(config));
        properties.put(FileKeys.COMPRESSION, compression(config));
        properties.put(FileKeys.PREFIX, prefix(config));
        properties.put(HEAD, String.valueOf(config.isTrue(HEAD)));
        return properties;
    }

    @Override
    public Optional<String> prepare(ConfigValues config) throws SQLException {
        return StoreTrial.prepare(within -> look(config, within));
    }

    @Override
    public ValidationReport validate(ConfigValues config, Duration limit) {
        return StoreTrial.validate(within -> look(config, within), limit);
    }

    private Check look(ConfigValues config, Duration within) {
        AzureLocation location;
        try {
            location = AzureLocation.of(
                    FileKeys.text(config, CONNECTION), config.text(CONTAINER).filter(name -> !name.isBlank()));
        } catch (IllegalArgumentException e) {
            return Check.failed(
                    "container", "'" + CONNECTION + "' " + e.getMessage(), "correct it, or '" + CONTAINER + "'");
        }
        return StoreTrial.of(
                "container",
                "Blobs can be put into the container '" + location.container() + "'.",
                new AzureContainer(location, clock),
                prefix(config),
                within);
    }

    private static String compression(ConfigValues config) {
        return config.text(COMPRESSION)
                .filter(given -> !given.isBlank())
                .orElse("none")
                .toLowerCase(Locale.ROOT);
    }

    /** The folder, and beside it what the catalogue does not list: text in front of each name, as other stores have it. */
    private static String prefix(ConfigValues config) {
        String folder = FileKeys.text(config, FOLDER);
        return (folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/")
                + FileKeys.text(config, FileKeys.PREFIX);
    }
}
