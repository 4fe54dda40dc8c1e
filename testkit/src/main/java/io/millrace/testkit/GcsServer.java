package io.millrace.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Google Cloud Storage on the loopback address: the objects are in fake-gcs-server, which lets everybody in, and in front of
 * it stands a gate that hands out tokens for signed claims and asks for them, as Google documents it. The gate also answers
 * how far an upload got, which fake-gcs-server takes for the end of it. Objects are files, so that tests look at them
 * without asking. Thread-safe.
 */
public final class GcsServer implements AutoCloseable {
    private static final Path PROGRAM = FetchedStore.program("gcs/fake-gcs-server");
    private static final Set<String> OWN = Set.of("host", "connection", "content-length", "transfer-encoding");
    private static final int UNAUTHORIZED = 401;
    private static final int GO_ON = 308;

    private final AtomicInteger buckets = new AtomicInteger();
    private final int port = FreePorts.next();
    private final Path home = FetchedStore.home("millrace-gcs-");
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Long> uploads = new ConcurrentHashMap<>();
    private final GoogleLogin login;
    private final HttpServer gate;
    private final FetchedStore process;
    private final AtomicInteger failing = new AtomicInteger();

    private GcsServer() throws IOException {
        gate = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        login = new GoogleLogin(endpoint() + "/token");
        gate.createContext("/", this::answer);
        gate.start();
        process = new FetchedStore(
                "fake-gcs-server",
                List.of(
                        PROGRAM.toString(),
                        "-scheme",
                        "http",
                        "-host",
                        "127.0.0.1",
                        "-port",
                        String.valueOf(port),
                        "-filesystem-root",
                        home.resolve("data").toString()),
                Map.of(),
                port,
                home);
    }

    /** Returns why no server can be started here, if so. */
    public static Optional<String> missing() {
        return FetchedStore.missing("fake-gcs-server", PROGRAM);
    }

    /** Starts a server and waits until it takes requests. */
    public static GcsServer start() {
        try {
            GcsServer server = new GcsServer();
            server.restart();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("No gate could be opened", e);
        }
    }

    /** Starts the server again after {@link #stop}, with the same objects. */
    public void restart() {
        process.start();
    }

    /** Ends the server; its objects stay, and the gate answers that nobody is behind it. */
    public void stop() {
        process.stop();
    }

    /** Returns the URL of the store. */
    public String endpoint() {
        return "http://127.0.0.1:" + gate.getAddress().getPort();
    }

    /** Returns the file of a key of the service account. */
    public String credentials() {
        return login.credentials();
    }

    /** Returns the file of a key that does not belong to the service account. */
    public String wrongCredentials() {
        return login.wrongCredentials();
    }

    /** Returns how many tokens were handed out. */
    public int tokens() {
        return login.count();
    }

    /** Takes no token any more that was handed out so far. */
    public void revokeTokens() {
        login.revoke();
    }

    /** Answers the next pieces of uploads with 503, and throws away what they hold. */
    public void failPieces(int times) {
        failing.set(times);
    }

    /** Returns how many pieces are still to be failed. */
    public int failuresLeft() {
        return failing.get();
    }

    /** Makes an empty bucket with a name of its own. */
    public String createBucket() {
        String name = "bucket-" + buckets.incrementAndGet();
        HttpResponse<byte[]> response =
                ask(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/storage/v1/b?project=test"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                        .build());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException("The bucket " + name + " could not be made: " + response.statusCode());
        }
        return name;
    }

    /** Returns the names of the objects in a bucket, sorted. */
    public List<String> objects(String bucket) {
        Path folder = home.resolve("data").resolve(bucket);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the content of an object, as a file that must not be changed. */
    public Path object(String bucket, String name) {
        return home.resolve("data").resolve(bucket).resolve(name);
    }

    /** Stops the server and deletes its objects. */
    @Override
    public void close() {
        gate.stop(0);
        process.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
            if (exchange.getRequestURI().getPath().equals("/token")) {
                GoogleLogin.Answer answer = login.answer(new String(body, StandardCharsets.UTF_8));
                send(exchange, answer.status(), answer.json());
            } else if (query.contains("upload_id=")) {
                piece(exchange, query.replaceFirst(".*upload_id=", ""), body);
            } else if (!login.lets(exchange.getRequestHeaders().getFirst("authorization"))) {
                send(exchange, UNAUTHORIZED, "{\"error\":{\"code\":401,\"message\":\"Invalid Credentials\"}}");
            } else {
                passOn(exchange, body);
            }
        }
    }

    /** The address of an upload is the right to write to it. */
    private void piece(HttpExchange exchange, String upload, byte[] body) throws IOException {
        String range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("content-range"))
                .orElse("");
        if (!range.isEmpty() && failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            send(exchange, 503, "{\"error\":{\"code\":503,\"message\":\"Backend Error\"}}");
        } else if (range.startsWith("bytes */")) {
            long had = uploads.getOrDefault(upload, 0L);
            if (had > 0) {
                exchange.getResponseHeaders().set("range", "bytes=0-" + (had - 1));
            }
            send(exchange, GO_ON, "");
        } else {
            passOn(exchange, body);
            uploads.merge(upload, (long) body.length, Long::sum);
        }
    }

    private void passOn(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> response;
        try {
            response = ask(request.build());
        } catch (UncheckedIOException e) {
            send(exchange, 503, "{\"error\":{\"code\":503,\"message\":\"Nobody is behind the gate\"}}");
            return;
        }
        // It says that uploads go to itself.
        response.headers()
                .firstValue("location")
                .map(place -> place.replace(
                        "127.0.0.1:" + port, "127.0.0.1:" + gate.getAddress().getPort()))
                .ifPresent(place -> exchange.getResponseHeaders().set("location", place));
        response.headers().firstValue("range").ifPresent(had -> exchange.getResponseHeaders()
                .set("range", had));
        send(exchange, response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private HttpResponse<byte[]> ask(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while fake-gcs-server was asked", e);
        }
    }
}
