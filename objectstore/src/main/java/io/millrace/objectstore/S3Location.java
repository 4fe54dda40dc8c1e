package io.millrace.objectstore;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * Where a bucket is.
 *
 * @param endpoint root of a store that is not Amazon's, {@code https://storage.example.com:9000} for example; the bucket is
 *     then the first part of the path
 * @param region that requests are signed for
 */
public record S3Location(Optional<URI> endpoint, String region, String bucket) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** Refuses a location that no request can be sent to. */
    public S3Location {
        if (bucket.isBlank() || bucket.contains("/")) {
            throw new IllegalArgumentException("'" + bucket + "' is no name of a bucket");
        }
        if (!region.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("'" + region + "' is no name of a region");
        }
    }

    /**
     * Returns the endpoint that a text names.
     *
     * @throws IllegalArgumentException when it is no URL of a host, in words
     */
    public static URI endpoint(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is no URL", e);
        }
        if (uri.getScheme() == null
                || !SCHEMES.contains(uri.getScheme())
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null) {
            throw new IllegalArgumentException("'" + text + "' must be a URL such as https://storage.example.com:9000");
        }
        return uri;
    }

    /** Returns the host, for messages. */
    public String host() {
        return root().getAuthority();
    }

    /** Returns the address of an object. */
    URI object(String key, String query) {
        return URI.create(root() + "/" + Escaped.path(key) + (query.isEmpty() ? "" : "?" + query));
    }

    private URI root() {
        if (endpoint.isPresent()) {
            String given = endpoint.get().toString();
            return URI.create((given.endsWith("/") ? given.substring(0, given.length() - 1) : given) + "/"
                    + Escaped.path(bucket));
        }
        String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        // A certificate for *.s3 covers no name with a dot.
        return bucket.contains(".")
                ? URI.create("https://s3." + region + "." + domain + "/" + bucket)
                : URI.create("https://" + bucket + ".s3." + region + "." + domain);
    }
}
