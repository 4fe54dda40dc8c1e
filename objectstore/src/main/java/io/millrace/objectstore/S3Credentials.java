package io.millrace.objectstore;

/**
 * Who asks.
 *
 * @param id of the access key
 * @param secret that belongs to it; never shown
 */
public record S3Credentials(String id, String secret) {
    public S3Credentials {
        if (id.isBlank() || secret.isBlank()) {
            throw new IllegalArgumentException("An access key needs an id and a secret");
        }
    }

    @Override
    public String toString() {
        return id + " (secret hidden)";
    }
}
