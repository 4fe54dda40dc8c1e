package io.millrace.connect.sinks.iceberg.store;

import io.millrace.objectstore.S3Bucket;
import io.millrace.objectstore.S3Credentials;
import io.millrace.objectstore.S3Location;
import io.millrace.objectstore.S3Names;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.StorageCredential;
import org.apache.iceberg.io.SupportsStorageCredentials;

/**
 * The files of a warehouse, by their locations: {@code s3://bucket/key} with the keys that the properties of the catalogue
 * or of the table name, and {@code file:} under one folder. Thread-safe.
 */
public final class WarehouseFiles implements FileIO, SupportsStorageCredentials {
    /** Property: the folder under which files of the local disk may be; none may without it. */
    public static final String FOLDER = "millrace.folder";

    private static final long serialVersionUID = 1L;
    private static final String DEFAULT_REGION = "us-east-1";
    private static final S3Names NAMES = new S3Names(
            "iceberg.catalog.s3.access-key-id",
            "iceberg.catalog.s3.secret-access-key",
            "iceberg.catalog.client.region.user.defined",
            "iceberg.catalog.warehouse");

    private final transient ConcurrentHashMap<String, S3Bucket> buckets = new ConcurrentHashMap<>();
    private Map<String, String> properties = Map.of();
    private List<StorageCredential> lent = List.of();

    /** As the library makes it; {@link #initialize} follows. */
    public WarehouseFiles() {}

    /** With the properties of a catalogue or of a table. */
    public WarehouseFiles(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    @Override
    public void initialize(Map<String, String> given) {
        properties = Map.copyOf(given);
    }

    @Override
    public Map<String, String> properties() {
        return properties;
    }

    @Override
    public void setCredentials(List<StorageCredential> given) {
        lent = List.copyOf(given);
        buckets.clear();
    }

    @Override
    public List<StorageCredential> credentials() {
        return lent;
    }

    @Override
    public InputFile newInputFile(String location) {
        return place(location).asInput(Optional.empty());
    }

    @Override
    public InputFile newInputFile(String location, long length) {
        return place(location).asInput(Optional.of(length));
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return place(location).asOutput();
    }

    @Override
    public void deleteFile(String location) {
        place(location).delete();
    }

    private Place place(String location) {
        if (location.startsWith("file:") || location.startsWith("/")) {
            return new LocalPlace(location, local(location));
        }
        URI uri = URI.create(location.replace(" ", "%20"));
        if (uri.getScheme() == null || !uri.getScheme().matches("s3[an]?") || uri.getAuthority() == null) {
            throw new ValidationException(
                    "The files of the table are at %s; only warehouses in S3 (s3://bucket/...) can be written",
                    location);
        }
        String bucket = uri.getAuthority();
        String key =
                location.substring(location.indexOf(bucket) + bucket.length()).replaceFirst("^/+", "");
        return new S3Place(location, buckets.computeIfAbsent(bucket, name -> bucket(name, location)), key);
    }

    private Path local(String location) {
        String folder = properties.get(FOLDER);
        Path file = location.startsWith("file:") ? Path.of(location.replaceFirst("^file:/+", "/")) : Path.of(location);
        if (folder == null || !file.normalize().startsWith(Path.of(folder))) {
            throw new ValidationException(
                    "The files of the table are at %s, which is not in the folder of this destination", location);
        }
        return file;
    }

    private S3Bucket bucket(String name, String location) {
        Map<String, String> settings = new HashMap<>(properties);
        lent.stream()
                .filter(one -> location.startsWith(one.prefix()))
                .reduce((one, other) -> one.prefix().length() >= other.prefix().length() ? one : other)
                .ifPresent(one -> settings.putAll(one.config()));
        String id = settings.getOrDefault("s3.access-key-id", "");
        String secret = settings.getOrDefault("s3.secret-access-key", "");
        if (id.isBlank() || secret.isBlank()) {
            throw new ValidationException(
                    "There is no key for %s: the catalogue lends none; set 'iceberg.catalog.s3.credentials.enabled'"
                            + " with '%s' and '%s'",
                    location, NAMES.id(), NAMES.secret());
        }
        return new S3Bucket(
                new S3Location(
                        Optional.ofNullable(settings.get("s3.endpoint")).map(S3Location::endpoint),
                        settings.getOrDefault("client.region", DEFAULT_REGION),
                        name),
                new S3Credentials(id, secret, Optional.ofNullable(settings.get("s3.session-token"))),
                NAMES,
                Clock.systemUTC());
    }

    @Override
    public void close() {
        buckets.clear();
    }
}
