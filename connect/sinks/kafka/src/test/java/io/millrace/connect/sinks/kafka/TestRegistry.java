package io.millrace.connect.sinks.kafka;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A schema registry that lets in {@code u} with the password {@code p}, and takes no schema for a subject named {@code closed}. */
final class TestRegistry implements AutoCloseable {
    private final HttpServer server;
    private final List<String> schemas = new CopyOnWriteArrayList<>();
    private final List<String> subjects = new CopyOnWriteArrayList<>();

    TestRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String user) {
        return "http://" + user + "127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> subjects() {
        return subjects;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!"Basic dTpw".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                reply(exchange, 401, "{}");
            } else if (path.startsWith("/schemas/ids/")) {
                int id = Integer.parseInt(path.substring("/schemas/ids/".length()));
                reply(exchange, 200, schemas.get(id - 1));
            } else if (path.contains("closed")) {
                reply(exchange, 409, "{\"error_code\":409,\"message\":\"incompatible\"}");
            } else {
                subjects.add(path.replaceAll("^/subjects/|/versions$", ""));
                reply(exchange, 200, "{\"id\":" + idOf(body) + "}");
            }
        }
    }

    private synchronized int idOf(String schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
