package io.millrace.destination.files;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.destination.DestinationType;
import io.millrace.http.ApiProblem;
import io.millrace.objectstore.GoogleBucket;
import io.millrace.objectstore.GoogleLocation;
import io.millrace.objectstore.S3Location;
import io.millrace.objectstore.ServiceAccount;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Files in a bucket of Google Cloud Storage.
 *
 * <p>Credentials that are missing or cannot be understood are found out by trying: such a destination is saved, and Broken
 * with the reason.
 */
public final class GoogleDestination implements DestinationType {
    private static final String CREDENTIALS = "gcs.credentials.json";
    private static final String BUCKET = "gcs.bucket.name";
    private static final String NAME = "bucket";

    /** Not in the catalogue: the URL of what stands in for Google's store, an emulator for example. */
    private static final String ENDPOINT = "gcs.endpoint";

    private final Clock clock;

    /** @param clock right to a few minutes, or Google hands out no token */
    public GoogleDestination(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String code() {
        return "gcs";
    }

    @Override
    public void check(ConfigValues config) {
        FileKeys.check(config, BUCKET, ENDPOINT);
        try {
            endpoint(config);
        } catch (IllegalArgumentException e) {
            throw new ApiProblem.BadRequest("'" + ENDPOINT + "' " + e.getMessage());
        }
    }

    @Override
    public Map<String, String> properties(ConnectorId id, ConfigValues config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("connector.class", FileKeys.CONNECTOR_CLASS);
        properties.put("file.store", code());
        properties.put(BUCKET, FileKeys.text(config, BUCKET));
        properties.put(CREDENTIALS, FileKeys.text(config, CREDENTIALS));
        config.text(ENDPOINT).ifPresent(url -> properties.put(ENDPOINT, url));
        properties.putAll(FileKeys.properties(config));
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
        Optional<URI> endpoint = endpoint(config);
        String given = FileKeys.text(config, CREDENTIALS);
        if (given.isBlank() && endpoint.isEmpty()) {
            return Check.failed(
                    NAME, "'" + CREDENTIALS + "' is missing.", "Put the file of a key of a service account there.");
        }
        Optional<ServiceAccount> account;
        try {
            account = given.isBlank() ? Optional.empty() : Optional.of(ServiceAccount.of(given));
        } catch (IllegalArgumentException e) {
            return Check.failed(NAME, "'" + CREDENTIALS + "' " + e.getMessage(), "correct it");
        }
        GoogleLocation location;
        try {
            location = new GoogleLocation(endpoint, FileKeys.text(config, BUCKET));
        } catch (IllegalArgumentException e) {
            return Check.failed(NAME, e.getMessage(), "correct '" + BUCKET + "'");
        }
        return StoreTrial.of(
                NAME,
                "Objects can be put into the bucket '" + location.bucket() + "'.",
                new GoogleBucket(location, account, clock),
                FileKeys.text(config, FileKeys.PREFIX),
                within);
    }

    private static Optional<URI> endpoint(ConfigValues config) {
        return config.text(ENDPOINT).filter(url -> !url.isBlank()).map(S3Location::endpoint);
    }
}
