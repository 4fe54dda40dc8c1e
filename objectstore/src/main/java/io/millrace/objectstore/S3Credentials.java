package io.millrace.objectstore;

import java.util.Optional;

/**
 * Who asks.
 *
 * @param id of the access key
 * @param secret that belongs to it; never shown
 * @param token of a session, where the key was lent for a while; never shown
 */
public record S3Credentials(String id, String secret, Optional<String> token) {
    public S3Credentials {
        if (id.isBlank() || secret.isBlank()) {
            throw new IllegalArgumentException("An access key needs an id and a secret");
        }
    }

    /** A key that is not lent. */
    public S3Credentials(String id, String secret) {
        this(id, secret, Optional.empty());
    }

    @Override
    public String toString() {
        return id + " (secret hidden)";
    }
}
