package io.millrace.objectstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** A bucket. Thread-safe. */
public final class S3Bucket {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(4);

    /** Slower than this is taken for a connection that died. */
    private static final long BYTES_PER_SECOND = 100_000;

    private static final String ORIGIN = "x-amz-meta-millrace-origin";
    private static final int BUFFER = 64 * 1024;
    private static final byte[] NOTHING = {};

    private final S3Location location;
    private final S3Credentials credentials;
    private final S3Names names;
    private final S3Signature signature;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();

    /** @param clock right to a few minutes, or the store refuses every request */
    public S3Bucket(S3Location location, S3Credentials credentials, Clock clock) {
        this(location, credentials, S3Names.FILES, clock);
    }

    /**
     * @param names how the settings are called, for messages
     * @param clock right to a few minutes, or the store refuses every request
     */
    public S3Bucket(S3Location location, S3Credentials credentials, S3Names names, Clock clock) {
        this.location = location;
        this.credentials = credentials;
        this.names = names;
        this.clock = clock;
        signature = new S3Signature(credentials, location.region());
    }

    /**
     * Puts an object, in place of one of that name. Readers see the whole of it or nothing of it: the store takes it only
     * when all bytes came and have the hash that was signed.
     *
     * @param origin where the content came from, in ASCII; it is kept beside it, see {@link #origin}
     * @throws S3Exception with the reason in words
     */
    public void put(String key, S3Content content, String origin) throws IOException {
        Body body = content.length() == 0
                ? nothing()
                : new Body(
                        BodyPublishers.fromPublisher(
                                BodyPublishers.ofInputStream(() -> open(content)), content.length()),
                        hash(content));
        Duration within = ANSWER_WITHIN.plusSeconds(content.length() / BYTES_PER_SECOND);
        refuse(send(
                new Request("PUT", key, "", Map.of(ORIGIN, origin)),
                body,
                within.compareTo(LONGEST) < 0 ? within : LONGEST));
    }

    /**
     * Returns where the content of an object came from, {@code ""} where nothing is known of that; nothing when there is no
     * object of that name, or it may not be looked at.
     *
     * @throws S3Exception when the store does not answer
     */
    public Optional<String> origin(String key) throws S3Exception {
        S3Answer answer = send(new Request("HEAD", key, "", Map.of()), nothing(), ANSWER_WITHIN);
        if (answer.isOfServer()) {
            throw answer.asException(location, credentials, names);
        }
        return answer.isRefusal()
                ? Optional.empty()
                : Optional.of(answer.header(ORIGIN).orElse(""));
    }

    /**
     * Returns how many bytes an object has; nothing when there is none of that name.
     *
     * @throws S3Exception when the store does not tell
     */
    public Optional<Long> length(String key) throws S3Exception {
        S3Answer answer = send(new Request("HEAD", key, "", Map.of()), nothing(), ANSWER_WITHIN);
        if (answer.isMissing()) {
            return Optional.empty();
        }
        refuse(answer);
        return answer.header("content-length").map(Long::valueOf);
    }

    /**
     * Returns a part of an object.
     *
     * @param length at least 1; fewer bytes come where the object ends before
     * @throws S3Exception when there is no object of that name, or it cannot be read
     */
    public byte[] read(String key, long from, int length) throws S3Exception {
        Map<String, String> range = Map.of("range", "bytes=" + from + "-" + (from + length - 1));
        HttpResponse<byte[]> response = send(
                new Request("GET", key, "", range),
                nothing(),
                ANSWER_WITHIN.plusSeconds(length / BYTES_PER_SECOND),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            refuse(answer(response, new String(response.body(), StandardCharsets.UTF_8)));
        }
        return response.body();
    }

    /**
     * Deletes an object, if there is one of that name.
     *
     * @throws S3Exception with the reason in words
     */
    public void delete(String key) throws S3Exception {
        S3Answer answer = send(new Request("DELETE", key, "", Map.of()), nothing(), ANSWER_WITHIN);
        if (!answer.isMissing()) {
            refuse(answer);
        }
    }

    /**
     * Finds out whether an object could be put, and leaves none behind: an upload in parts is begun and given up.
     *
     * @param prefix of the names that will be written; rights may depend on it
     * @param within for each of the two requests
     * @throws S3Exception with the reason in words
     */
    public void tryWriting(String prefix, Duration within) throws S3Exception {
        String key = prefix + "millrace-can-write";
        S3Answer begun = send(new Request("POST", key, "uploads=", Map.of()), nothing(), within);
        if (begun.isNotImplemented()) {
            return;
        }
        refuse(begun);
        Optional<String> upload = begun.element("UploadId");
        if (upload.isPresent()) {
            // Who may put an object need not be allowed to give one up; nothing of it is to be seen in the bucket.
            String query = "uploadId=" + Escaped.query(upload.get());
            send(new Request("DELETE", key, query, Map.of()), nothing(), within);
        }
    }

    private record Request(String method, String key, String query, Map<String, String> headers) {}

    private record Body(BodyPublisher publisher, String hash) {}

    private static Body nothing() {
        return new Body(BodyPublishers.ofByteArray(NOTHING), S3Signature.hash(NOTHING));
    }

    private void refuse(S3Answer answer) throws S3Exception {
        if (answer.isRefusal()) {
            throw answer.asException(location, credentials, names);
        }
    }

    private S3Answer send(Request asked, Body body, Duration within) throws S3Exception {
        HttpResponse<String> response = send(asked, body, within, HttpResponse.BodyHandlers.ofString());
        return answer(response, response.body() == null ? "" : response.body());
    }

    private static S3Answer answer(HttpResponse<?> response, String text) {
        return new S3Answer(response.statusCode(), text, response.headers());
    }

    private <T> HttpResponse<T> send(Request asked, Body body, Duration within, HttpResponse.BodyHandler<T> handler)
            throws S3Exception {
        URI uri = location.object(asked.key(), asked.query());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(asked.method(), body.publisher())
                .timeout(within);
        signature
                .sign(asked.method(), uri, asked.headers(), body.hash(), clock.instant())
                .forEach(request::header);
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new S3Exception(
                    location.host() + " cannot be reached: " + reason(e), "check the endpoint and the network", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new S3Exception("Interrupted while " + location.host() + " was asked", "ask again", e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static InputStream open(S3Content content) {
        try {
            return content.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(S3Content content) throws IOException {
        MessageDigest digest = S3Signature.digest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = content.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
