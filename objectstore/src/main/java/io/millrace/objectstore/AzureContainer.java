package io.millrace.objectstore;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container of Azure Blob Storage. Thread-safe.
 *
 * <p>What is larger than a block is sent in blocks that nobody sees until the list of them is put. A block is called by its
 * place and its hash, so that two writers of one name cannot mix their blocks.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api">Blob Storage REST API</a>
 */
public final class AzureContainer implements ObjectStore {
    /** Names of metadata must be those of variables. */
    private static final String ORIGIN = "x-ms-meta-millrace_origin";

    private static final int BLOCK = 8 << 20;
    private static final byte[] NOTHING = {};

    private final AzureLocation location;
    private final AzureRefusal refusal;
    private final Clock clock;
    private final int block;
    private final StoreClient client = new StoreClient();

    /** @param clock right to a few minutes, or the store refuses every request */
    public AzureContainer(AzureLocation location, Clock clock) {
        this(location, clock, BLOCK);
    }

    /** @param block size of what is sent at once, in bytes */
    AzureContainer(AzureLocation location, Clock clock, int block) {
        this.location = location;
        refusal = new AzureRefusal(location, AzureNames.DESTINATION);
        this.clock = clock;
        this.block = block;
    }

    /** What is sent. */
    private record Request(String method, String name, String query, Map<String, String> headers) {}

    /** The store takes a blob only when all bytes came and have the hash that was sent with them. */
    @Override
    public void put(String name, ObjectContent content, String origin) throws IOException {
        try (InputStream in = content.open()) {
            byte[] first = in.readNBytes(block);
            if (first.length < block || first.length == content.length()) {
                Map<String, String> headers =
                        Map.of("x-ms-blob-type", "BlockBlob", "content-md5", base64(md5(first)), ORIGIN, origin);
                refuse(send(new Request("PUT", name, "", headers), first));
            } else {
                putBlocks(name, first, in, origin);
            }
        }
    }

    private void putBlocks(String name, byte[] first, InputStream rest, String origin) throws IOException {
        List<String> ids = new ArrayList<>();
        for (byte[] bytes = first; bytes.length > 0; bytes = rest.readNBytes(block)) {
            ids.add(putBlock(name, ids.size(), bytes));
        }
        StringBuilder list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        ids.forEach(id -> list.append("<Latest>").append(id).append("</Latest>"));
        byte[] body = list.append("</BlockList>").toString().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of("content-md5", base64(md5(body)), ORIGIN, origin);
        refuse(send(new Request("PUT", name, "comp=blocklist", headers), body));
    }

    /** Puts a block, once more where that failed in a way that may pass: the others are there already. */
    private String putBlock(String name, int place, byte[] bytes) throws StoreException {
        byte[] hash = md5(bytes);
        String id = base64(ByteBuffer.allocate(Integer.BYTES + hash.length)
                .putInt(place)
                .put(hash)
                .array());
        Request request = new Request(
                "PUT", name, "comp=block&blockid=" + Escaped.query(id), Map.of("content-md5", base64(hash)));
        try {
            refuse(send(request, bytes));
        } catch (StoreException e) {
            if (e.lasting()) {
                throw e;
            }
            refuse(send(request, bytes));
        }
        return id;
    }

    @Override
    public Optional<String> origin(String name) throws StoreException {
        StoreAnswer answer = send(new Request("HEAD", name, "", Map.of()), NOTHING);
        if (answer.isOfServer()) {
            throw refusal.of(answer);
        }
        return answer.isRefusal()
                ? Optional.empty()
                : Optional.of(answer.header(ORIGIN).orElse(""));
    }

    /** A block of one byte is put and never listed; nobody sees it, and the store throws it away after a week. */
    @Override
    public void tryWriting(String prefix, Duration within) throws StoreException {
        byte[] one = {0};
        String query = "comp=block&blockid=" + Escaped.query(base64("try".getBytes(StandardCharsets.UTF_8)));
        refuse(send(new Request("PUT", prefix + "millrace-can-write", query, Map.of()), one, within));
    }

    private void refuse(StoreAnswer answer) throws StoreException {
        if (answer.isRefusal()) {
            throw refusal.of(answer);
        }
    }

    private StoreAnswer send(Request asked, byte[] body) throws StoreException {
        return send(asked, body, StoreClient.within(body.length));
    }

    private StoreAnswer send(Request asked, byte[] body, Duration within) throws StoreException {
        URI uri = location.blob(asked.name(), asked.query());
        Map<String, String> headers = AzureSignature.sign(
                location.login(), asked.method(), uri, asked.headers(), body.length, clock.instant());
        return client.send(
                new StoreClient.Request(asked.method(), uri, headers, within),
                body.length == 0 && asked.method().equals("HEAD")
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(body));
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
