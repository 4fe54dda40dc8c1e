package io.millrace.objectstore;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upload to a session, whose address is the right to write to it. Used once.
 *
 * @see <a href="https://cloud.google.com/storage/docs/performing-resumable-uploads">Resumable uploads</a>
 */
final class GoogleUpload {
    private static final int GO_ON = 308;
    private static final int GONE = 410;
    private static final int MOST_FAILURES = 2;
    private static final Pattern RANGE = Pattern.compile("bytes=0-(\\d+)");

    private final StoreClient client;
    private final GoogleRefusal refusal;
    private final URI session;
    private final long total;
    private Optional<StoreAnswer> whole = Optional.empty();

    GoogleUpload(StoreClient client, GoogleRefusal refusal, URI session, long total) {
        this.client = client;
        this.refusal = refusal;
        this.session = session;
        this.total = total;
    }

    /**
     * Sends everything, and returns what the store says of the object.
     *
     * @param first chunk
     * @param rest what is behind it
     * @param size of a chunk, in bytes
     */
    StoreAnswer send(byte[] first, InputStream rest, int size) throws IOException {
        long from = 0;
        for (byte[] chunk = first; chunk.length > 0; chunk = rest.readNBytes(size)) {
            send(chunk, from);
            from += chunk.length;
        }
        return whole.orElseThrow(() -> new StoreException(
                session.getAuthority() + " did not say that the object is whole", "this may pass by itself", false));
    }

    /** Sends a chunk; after a failure that may pass, from where the store says that it got to. */
    private void send(byte[] chunk, long from) throws StoreException {
        int taken = 0;
        int failures = 0;
        while (taken < chunk.length) {
            long reached;
            try {
                reached = reached(
                        "bytes " + (from + taken) + "-" + (from + chunk.length - 1) + "/" + total,
                        Arrays.copyOfRange(chunk, taken, chunk.length));
            } catch (StoreException e) {
                if (e.lasting() || failures >= MOST_FAILURES) {
                    throw e;
                }
                reached = reached("bytes */" + total, new byte[0]);
            }
            failures += reached <= from + taken ? 1 : 0;
            if (failures > MOST_FAILURES || reached < from) {
                throw new StoreException(
                        session.getAuthority() + " takes no more of the upload", "this may pass by itself", false);
            }
            taken = (int) Math.min(chunk.length, reached - from);
        }
    }

    /** Returns how many bytes of the object the store has, after it was sent some. */
    private long reached(String range, byte[] bytes) throws StoreException {
        StoreAnswer answer = client.send(
                new StoreClient.Request(
                        "PUT", session, Map.of("content-range", range), StoreClient.within(bytes.length)),
                BodyPublishers.ofByteArray(bytes));
        if (answer.status() == GO_ON) {
            Matcher had = RANGE.matcher(answer.header("range").orElse(""));
            return had.find() ? Long.parseLong(had.group(1)) + 1 : 0;
        }
        if (answer.status() == StoreAnswer.NOT_FOUND || answer.status() == GONE) {
            throw new StoreException(
                    session.getAuthority() + " has forgotten the upload", "this may pass by itself", false);
        }
        if (answer.isRefusal()) {
            throw refusal.of(answer);
        }
        whole = Optional.of(answer);
        return total;
    }
}
