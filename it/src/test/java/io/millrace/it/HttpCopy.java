package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An endpoint in this process that keeps the last state of each row. */
final class HttpCopy implements CampaignCopy {
    private final HttpServer server;
    private final FoldedRows accounts;
    private final FoldedRows stock;

    private HttpCopy(HttpServer server, FoldedRows accounts, FoldedRows stock) {
        this.server = server;
        this.accounts = accounts;
        this.stock = stock;
        server.createContext("/rows", this::take);
        server.start();
    }

    /** Starts an endpoint for two tables, of which only the second has a column {@code shop}. */
    static HttpCopy start(CampaignTable accounts, CampaignTable stock) {
        try {
            return new HttpCopy(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
                    new FoldedRows(accounts),
                    new FoldedRows(stock));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        JsonNode rows = FoldedRows.parsed(exchange.getRequestMethod().equals("POST") ? body : "[]");
        synchronized (this) {
            rows.forEach(row -> (row.has("shop") ? stock : accounts).take(row));
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    @Override
    public String code() {
        return "httpsink";
    }

    @Override
    public Map<String, Object> config() {
        return Map.of(
                "http.url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/rows",
                "retry.backoff.ms",
                100,
                "batching.enabled",
                true);
    }

    @Override
    public synchronized Checksums rows(CampaignTable table) {
        return (table.name().equals("stock") ? stock : accounts).checksums();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
