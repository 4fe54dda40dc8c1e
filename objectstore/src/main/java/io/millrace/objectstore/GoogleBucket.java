package io.millrace.objectstore;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A bucket of Google Cloud Storage. Thread-safe.
 *
 * <p>What is larger than a chunk is sent chunk by chunk to a session; where a connection breaks, it goes on where the store
 * says that it got to. The object is there when the last byte is, and has the checksum that was announced.
 *
 * @see <a href="https://cloud.google.com/storage/docs/json_api">Cloud Storage JSON API</a>
 */
public final class GoogleBucket implements ObjectStore {
    private static final String ORIGIN = "millrace-origin";
    private static final String JSON = "application/json; charset=UTF-8";
    private static final String BINARY = "application/octet-stream";

    /** A multiple of 256 KiB. */
    private static final int CHUNK = 8 << 20;

    private static final int BUFFER = 64 * 1024;

    private final GoogleLocation location;
    private final GoogleRefusal refusal;
    private final Optional<GoogleTokens> tokens;
    private final int chunk;
    private final StoreClient client = new StoreClient();

    /**
     * @param account who asks; empty where nobody is asked for, as an emulator does
     * @param clock right to a few minutes, or no token is handed out
     */
    public GoogleBucket(GoogleLocation location, Optional<ServiceAccount> account, Clock clock) {
        this(location, account, clock, CHUNK);
    }

    /** @param chunk size of what is sent at once, in bytes; a multiple of 256 KiB */
    GoogleBucket(GoogleLocation location, Optional<ServiceAccount> account, Clock clock, int chunk) {
        this.location = location;
        this.chunk = chunk;
        refusal = new GoogleRefusal(location, account);
        tokens = account.map(one -> new GoogleTokens(one, client, clock));
    }

    /** What is asked. */
    private record Request(String method, URI uri, Map<String, String> headers) {}

    @Override
    public void put(String name, ObjectContent content, String origin) throws IOException {
        String checksum = checksum(content);
        String metadata = "{\"name\":" + JsonTexts.quoted(name) + ",\"crc32c\":\"" + checksum + "\",\"metadata\":{"
                + JsonTexts.quoted(ORIGIN) + ":" + JsonTexts.quoted(origin) + "}}";
        try (InputStream in = content.open()) {
            byte[] first = in.readNBytes(chunk);
            if (first.length < chunk || first.length == content.length()) {
                confirm(putAtOnce(metadata, first), checksum);
            } else {
                URI session = begin(metadata, content.length(), StoreClient.ANSWER_WITHIN);
                GoogleUpload upload = new GoogleUpload(client, refusal, session, content.length());
                confirm(upload.send(first, in, chunk), checksum);
            }
        }
    }

    private StoreAnswer putAtOnce(String metadata, byte[] bytes) throws StoreException {
        // The hash of both cannot be found in either.
        String boundary =
                "millrace-" + S3Signature.hash((metadata + S3Signature.hash(bytes)).getBytes(StandardCharsets.UTF_8));
        String head = "--" + boundary + "\r\ncontent-type: " + JSON + "\r\n\r\n" + metadata + "\r\n--" + boundary
                + "\r\ncontent-type: " + BINARY + "\r\n\r\n";
        Map<String, String> headers = Map.of("content-type", "multipart/related; boundary=" + boundary);
        StoreAnswer answer = ask(
                new Request("POST", location.upload("multipart"), headers),
                BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofByteArray(bytes),
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")),
                StoreClient.within(bytes.length));
        refuse(answer);
        return answer;
    }

    /** The store refuses what does not have the checksum that was announced; one that does not is found out here. */
    private void confirm(StoreAnswer answer, String checksum) throws StoreException {
        Optional<String> had = JsonTexts.find(answer.text(), "crc32c");
        if (had.isPresent() && !had.get().equals(checksum)) {
            throw new StoreException(
                    location.host() + " has other bytes than it was sent", "this may pass by itself", false);
        }
    }

    private URI begin(String metadata, long length, Duration within) throws StoreException {
        Map<String, String> headers = Map.of(
                "content-type",
                JSON,
                "x-upload-content-type",
                BINARY,
                "x-upload-content-length",
                String.valueOf(length));
        StoreAnswer begun = ask(
                new Request("POST", location.upload("resumable"), headers), BodyPublishers.ofString(metadata), within);
        refuse(begun);
        return begun.header("location")
                .map(URI::create)
                .orElseThrow(() -> new StoreException(
                        location.host() + " answered without the place to upload to", "correct the endpoint", true));
    }

    @Override
    public Optional<String> origin(String name) throws StoreException {
        StoreAnswer answer = ask(
                new Request("GET", location.metadata(name), Map.of()),
                BodyPublishers.noBody(),
                StoreClient.ANSWER_WITHIN);
        if (answer.isOfServer()) {
            throw refusal.of(answer);
        }
        return answer.isRefusal()
                ? Optional.empty()
                : Optional.of(
                        JsonTexts.find(answer.text(), "metadata." + ORIGIN).orElse(""));
    }

    /** An upload is begun and given up. */
    @Override
    public void tryWriting(String prefix, Duration within) throws StoreException {
        URI session = begin("{\"name\":" + JsonTexts.quoted(prefix + "millrace-can-write") + "}", 1, within);
        client.send(new StoreClient.Request("DELETE", session, Map.of(), within), BodyPublishers.noBody());
    }

    private void refuse(StoreAnswer answer) throws StoreException {
        if (answer.isRefusal()) {
            throw refusal.of(answer);
        }
    }

    /** Asks, and once more with a new token where the old one is not taken: it can be revoked before it expires. */
    private StoreAnswer ask(Request asked, BodyPublisher body, Duration within) throws StoreException {
        if (tokens.isEmpty()) {
            return client.send(new StoreClient.Request(asked.method(), asked.uri(), asked.headers(), within), body);
        }
        String token = tokens.get().token(within);
        StoreAnswer answer = ask(asked, body, within, token);
        if (answer.status() != StoreAnswer.UNAUTHORIZED) {
            return answer;
        }
        tokens.get().forget(token);
        return ask(asked, body, within, tokens.get().token(within));
    }

    private StoreAnswer ask(Request asked, BodyPublisher body, Duration within, String token) throws StoreException {
        Map<String, String> headers = new HashMap<>(asked.headers());
        headers.put("authorization", "Bearer " + token);
        return client.send(new StoreClient.Request(asked.method(), asked.uri(), headers, within), body);
    }

    private static String checksum(ObjectContent content) throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = content.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                checksum.update(buffer, 0, read);
            }
        }
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) checksum.getValue())
                        .array());
    }
}
