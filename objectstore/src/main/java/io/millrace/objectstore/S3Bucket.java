package io.millrace.objectstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
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
public final class S3Bucket implements ObjectStore {
    private static final String ORIGIN = "x-amz-meta-millrace-origin";
    private static final int BUFFER = 64 * 1024;
    private static final byte[] NOTHING = {};

    private final S3Location location;
    private final S3Refusal refusal;
    private final S3Signature signature;
    private final Clock clock;
    private final StoreClient client = new StoreClient();

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
        refusal = new S3Refusal(location, credentials, names);
        this.clock = clock;
        signature = new S3Signature(credentials, location.region());
    }

    /** The store takes an object only when all bytes came and have the hash that was signed. */
    @Override
    public void put(String key, ObjectContent content, String origin) throws IOException {
        Body body = content.length() == 0
                ? nothing()
                : new Body(
                        BodyPublishers.fromPublisher(
                                BodyPublishers.ofInputStream(() -> open(content)), content.length()),
                        hash(content));
        refuse(send(new Request("PUT", key, "", Map.of(ORIGIN, origin)), body, StoreClient.within(content.length())));
    }

    @Override
    public Optional<String> origin(String key) throws StoreException {
        StoreAnswer answer = send(new Request("HEAD", key, "", Map.of()), nothing(), StoreClient.ANSWER_WITHIN);
        if (answer.isOfServer()) {
            throw refusal.of(answer);
        }
        return answer.isRefusal()
                ? Optional.empty()
                : Optional.of(answer.header(ORIGIN).orElse(""));
    }

    /**
     * Returns how many bytes an object has; nothing when there is none of that name.
     *
     * @throws StoreException when the store does not tell
     */
    public Optional<Long> length(String key) throws StoreException {
        StoreAnswer answer = send(new Request("HEAD", key, "", Map.of()), nothing(), StoreClient.ANSWER_WITHIN);
        if (isMissing(answer)) {
            return Optional.empty();
        }
        refuse(answer);
        return answer.header("content-length").map(Long::valueOf);
    }

    /**
     * Returns a part of an object.
     *
     * @param length at least 1; fewer bytes come where the object ends before
     * @throws StoreException when there is no object of that name, or it cannot be read
     */
    public byte[] read(String key, long from, int length) throws StoreException {
        Map<String, String> range = Map.of("range", "bytes=" + from + "-" + (from + length - 1));
        HttpResponse<byte[]> response = send(
                new Request("GET", key, "", range),
                nothing(),
                StoreClient.within(length),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            refuse(StoreAnswer.of(response, new String(response.body(), StandardCharsets.UTF_8)));
        }
        return response.body();
    }

    /**
     * Deletes an object, if there is one of that name.
     *
     * @throws StoreException with the reason in words
     */
    public void delete(String key) throws StoreException {
        StoreAnswer answer = send(new Request("DELETE", key, "", Map.of()), nothing(), StoreClient.ANSWER_WITHIN);
        if (!isMissing(answer)) {
            refuse(answer);
        }
    }

    /** An upload in parts is begun and given up. */
    @Override
    public void tryWriting(String prefix, Duration within) throws StoreException {
        String key = prefix + "millrace-can-write";
        StoreAnswer begun = send(new Request("POST", key, "uploads=", Map.of()), nothing(), within);
        if (begun.status() == StoreAnswer.NOT_IMPLEMENTED) {
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

    private void refuse(StoreAnswer answer) throws StoreException {
        if (answer.isRefusal()) {
            throw refusal.of(answer);
        }
    }

    private static boolean isMissing(StoreAnswer answer) {
        return answer.status() == StoreAnswer.NOT_FOUND && !answer.text().contains("NoSuchBucket");
    }

    private StoreAnswer send(Request asked, Body body, Duration within) throws StoreException {
        return client.send(signed(asked, body, within), body.publisher());
    }

    private <T> HttpResponse<T> send(Request asked, Body body, Duration within, HttpResponse.BodyHandler<T> handler)
            throws StoreException {
        return client.send(signed(asked, body, within), body.publisher(), handler);
    }

    private StoreClient.Request signed(Request asked, Body body, Duration within) {
        URI uri = location.object(asked.key(), asked.query());
        return new StoreClient.Request(
                asked.method(),
                uri,
                signature.sign(asked.method(), uri, asked.headers(), body.hash(), clock.instant()),
                within);
    }

    private static InputStream open(ObjectContent content) {
        try {
            return content.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(ObjectContent content) throws IOException {
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
