package io.millrace.connect.sinks.httpsink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An endpoint on the loopback address that does as it is told. */
final class HttpReceiver implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> taken = new CopyOnWriteArrayList<>();
    private final List<Request> all = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Reply> behaviour = request -> Reply.of(200);
    private Optional<HttpServer> server = Optional.empty();
    private int port;

    /** A request as it came in; names of headers begin with a capital. */
    record Request(String target, String body, Map<String, String> headers) {}

    /** What is answered. */
    record Reply(int status, String body, Map<String, String> headers) {
        static Reply of(int status) {
            return new Reply(status, "", Map.of());
        }
    }

    HttpReceiver() {
        begin();
    }

    /** Begins to listen, on the same port as before. */
    void begin() {
        try {
            HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            port = listening.getAddress().getPort();
            listening.setExecutor(threads);
            listening.createContext("/", this::answer);
            listening.start();
            server = Optional.of(listening);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes away. */
    void end() {
        server.ifPresent(listening -> listening.stop(0));
        server = Optional.empty();
    }

    void behave(Function<Request, Reply> how) {
        behaviour = how;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    int port() {
        return port;
    }

    /** Returns the bodies that were answered 2xx. */
    List<String> bodies() {
        return taken.stream().map(Request::body).toList();
    }

    /** Returns the requests that were answered at all. */
    List<Request> requests() {
        return all;
    }

    @Override
    public void close() {
        end();
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new java.util.TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            Request request = new Request(
                    exchange.getRequestURI().toString(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    headers);
            Reply reply = behaviour.apply(request);
            all.add(request);
            if (reply.status() / 100 == 2 && request.target().startsWith("/in")) {
                taken.add(request);
            }
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
