package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever is refused, at whatever moment: the client gets to read why, also one that sends all of its request before it
 * reads, and while many others do the same.
 */
class RefusedUnderLoadTest {
    private static final int CLIENTS = 16;
    private static final int EACH = Boolean.getBoolean("millrace.soak") ? 400 : 12;
    private static final long SEED = Long.getLong("millrace.seed", 20_261_126L);
    private static final int MEBIBYTE = 1024 * 1024;

    private static TestApi api;

    /** What is posted to. */
    @Path("/things")
    public static final class Things {
        record Thing(String name) {}

        @POST
        @Permission("write:things")
        public Thing create(@FromBody Thing thing) {
            return thing;
        }
    }

    /** A request that is refused, and how. */
    private enum Refused {
        WITHOUT_A_TOKEN("POST /things HTTP/1.1\r\nHost: a\r\n", 10, "HTTP/1.1 401 "),
        WITHOUT_A_TOKEN_AND_LARGE("POST /things HTTP/1.1\r\nHost: a\r\n", 12 * MEBIBYTE, "HTTP/1.1 401 "),
        TOO_LARGE(
                "POST /things HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer write:things\r\n",
                6 * MEBIBYTE,
                "HTTP/1.1 413 "),
        OF_AN_UNKNOWN_PATH("POST /nothing HTTP/1.1\r\nHost: a\r\n", 4 * MEBIBYTE, "HTTP/1.1 404 "),
        WITH_LARGE_HEADERS(
                "POST /things HTTP/1.1\r\nHost: a\r\nX-Large: " + "a".repeat(200_000) + "\r\n",
                MEBIBYTE,
                "HTTP/1.1 431 "),
        WITH_A_LONG_ADDRESS("POST /" + "a".repeat(200_000) + " HTTP/1.1\r\nHost: a\r\n", MEBIBYTE, "HTTP/1.1 414 "),
        WITH_A_MALFORMED_HEADER("POST /things HTTP/1.1\r\nHost: a\r\n: x\r\n", MEBIBYTE, "HTTP/1.1 400 ");

        private final String head;
        private final int largest;
        private final String answer;

        Refused(String head, int largest, String answer) {
            this.head = head;
            this.largest = largest;
            this.answer = answer;
        }

        /** Returns a request with a body of about the largest size, which is said or not. */
        byte[] request(Random random) {
            byte[] body = new byte[largest / 2 + random.nextInt(largest / 2)];
            Arrays.fill(body, (byte) ' ');
            String framed = random.nextBoolean()
                    ? head + "Content-Length: " + body.length + "\r\n\r\n"
                    : head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length) + "\r\n";
            byte[] start = framed.getBytes(StandardCharsets.US_ASCII);
            byte[] end = framed.contains("chunked") ? "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII) : new byte[0];
            byte[] whole = Arrays.copyOf(start, start.length + body.length + end.length);
            System.arraycopy(body, 0, whole, start.length, body.length);
            System.arraycopy(end, 0, whole, start.length + body.length, end.length);
            return whole;
        }
    }

    @BeforeAll
    static void start() {
        api = TestApi.of(new Things());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void everyClientGetsToReadWhy() {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<List<String>>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(SEED + i);
                clients.add(CompletableFuture.supplyAsync(() -> unanswered(random), threads));
            }
            assertThat(clients)
                    .as("requests that got no or another answer, seed %d", SEED)
                    .flatMap(CompletableFuture::join)
                    .isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> unanswered(Random random) {
        List<String> unanswered = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            Refused refused = Refused.values()[random.nextInt(Refused.values().length)];
            byte[] request = refused.request(random);
            Optional<String> wrong = wrong(refused, request, random);
            wrong.ifPresent(what -> unanswered.add(refused + " of " + request.length + " bytes: " + what));
        }
        return unanswered;
    }

    private static Optional<String> wrong(Refused refused, byte[] request, Random random) {
        try (RawConnection connection = new RawConnection(api.port(), random)) {
            connection.send(request);
            String answer = connection.answer();
            return answer.startsWith(refused.answer) && answer.contains("{\"detail\":")
                    ? Optional.empty()
                    : Optional.of(answer);
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }
}
