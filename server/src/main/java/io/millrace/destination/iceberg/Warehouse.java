package io.millrace.destination.iceberg;

import io.millrace.catalogue.ConfigValues;
import io.millrace.http.ApiProblem;
import io.millrace.objectstore.S3Bucket;
import io.millrace.objectstore.S3Credentials;
import io.millrace.objectstore.S3Location;
import io.millrace.objectstore.S3Names;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the files of tables are, as far as the destination says it rather than the catalogue. */
record Warehouse(Path home, ConfigValues config) {
    static final String NAME = "iceberg.catalog.warehouse";
    static final String ENABLED = "iceberg.catalog.s3.credentials.enabled";
    static final String ID = "iceberg.catalog.s3.access-key-id";
    static final String SECRET = "iceberg.catalog.s3.secret-access-key";
    static final String REGION = "iceberg.catalog.client.region.user.defined";

    /** Not in the catalogue: the URL of a store that is not Amazon's. */
    static final String ENDPOINT = "iceberg.catalog.s3.endpoint";

    /** The property of the sink without which it writes no file of the local disk. */
    private static final String FOLDER = "catalog.millrace.folder";

    private static final Pattern BUCKET = Pattern.compile("s3[an]?://([^/]+)(?:/(.*))?");
    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,99}");

    private String name() {
        return config.text(NAME).orElse("");
    }

    /** Clients of the older line do not say that their keys are to be used; they give them. */
    boolean hasKeys() {
        return config.given(ENABLED).isPresent()
                ? config.isTrue(ENABLED)
                : config.given(ID).isPresent();
    }

    /** Returns the folder of a warehouse that is on the local disk. */
    Optional<Path> folder() {
        if (BUCKET.matcher(name()).matches()) {
            return Optional.empty();
        }
        if (!SAFE_NAME.matcher(name()).matches()) {
            throw new ApiProblem.BadRequest(
                    "'" + NAME + "' must be s3://bucket/folder, or 1 to 100 letters, digits, '_'"
                            + " and '-' for a folder beside the platform's own data, not '" + name() + "'");
        }
        return Optional.of(home.resolve(name()));
    }

    /** Refuses what cannot be written. */
    void check() {
        if (hasKeys() && (config.text(ID).isEmpty() || config.text(SECRET).isEmpty())) {
            throw new ApiProblem.BadRequest("'" + ENABLED + "' needs '" + ID + "' and '" + SECRET + "'");
        }
        config.text(ENDPOINT).ifPresent(given -> {
            try {
                S3Location.endpoint(given);
            } catch (IllegalArgumentException e) {
                throw new ApiProblem.BadRequest("'" + ENDPOINT + "' " + e.getMessage());
            }
        });
    }

    /** Returns the properties of a warehouse whose place the destination itself says. */
    Map<String, String> ownPlace() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("catalog.warehouse", folder().map(Path::toString).orElseGet(this::name));
        folder().ifPresent(folder -> properties.put(FOLDER, folder.toString()));
        return properties;
    }

    /** Returns the properties that say how the store is reached. */
    Map<String, String> access() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("catalog.client.region", config.text(REGION).orElse(""));
        if (hasKeys()) {
            config.text(ID).ifPresent(id -> properties.put("catalog.s3.access-key-id", id));
            config.text(SECRET).ifPresent(secret -> properties.put("catalog.s3.secret-access-key", secret));
        }
        config.text(ENDPOINT).ifPresent(url -> properties.put("catalog.s3.endpoint", url));
        return properties;
    }

    /** A bucket, and in front of which names tables are. */
    record Place(S3Bucket bucket, String name, String prefix) {}

    /** Returns the bucket, where the destination knows it and has keys for it. */
    Optional<Place> bucket(Clock clock) {
        Matcher bucket = BUCKET.matcher(name());
        if (!hasKeys() || !bucket.matches()) {
            return Optional.empty();
        }
        String prefix = Optional.ofNullable(bucket.group(2)).orElse("");
        return Optional.of(new Place(
                new S3Bucket(
                        new S3Location(
                                config.text(ENDPOINT).map(S3Location::endpoint),
                                config.text(REGION).orElse(""),
                                bucket.group(1)),
                        new S3Credentials(
                                config.text(ID).orElse(""), config.text(SECRET).orElse("")),
                        new S3Names(ID, SECRET, REGION, NAME),
                        clock),
                bucket.group(1),
                prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/"));
    }
}
