package io.millrace.objectstore;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a bucket of Google Cloud Storage is.
 *
 * @param endpoint root of what stands in for Google's, an emulator for example
 */
public record GoogleLocation(Optional<URI> endpoint, String bucket) {
    private static final URI GOOGLE = URI.create("https://storage.googleapis.com");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

    /** Refuses a bucket that cannot be. */
    public GoogleLocation {
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException(
                    "'" + bucket + "' is no name of a bucket: 3 to 222 small letters, digits, '-', '_' and '.'");
        }
    }

    /** Returns the host, for messages. */
    public String host() {
        return root().getAuthority();
    }

    /** Returns where objects are uploaded to. */
    URI upload(String type) {
        return URI.create(root() + "/upload/storage/v1/b/" + bucket + "/o?uploadType=" + type);
    }

    /** Returns the address of what is known of an object. */
    URI metadata(String name) {
        return URI.create(root() + "/storage/v1/b/" + bucket + "/o/" + Escaped.query(name) + "?fields=metadata");
    }

    private URI root() {
        return endpoint.map(given -> given.toString().endsWith("/")
                        ? URI.create(given.toString().replaceFirst("/+$", ""))
                        : given)
                .orElse(GOOGLE);
    }
}
