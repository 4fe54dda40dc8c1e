package io.millrace.connect.sinks.clickhouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speaks the HTTP interface of ClickHouse as its documentation has it, with just the statements that the sink sends, and
 * keeps rows in memory. No real server can be had here; what this does not know of one, no test here proves.
 *
 * <p>Lets in {@code u} with the password {@code p}, has the database {@code dwh}, and takes no row that holds {@code bad}.
 */
final class TestClickHouse implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CREATE =
            Pattern.compile("CREATE TABLE IF NOT EXISTS (\\S+) \\((.*)\\) ENGINE = (\\w+)(.*)", Pattern.DOTALL);
    private static final Pattern ALTER = Pattern.compile("ALTER TABLE (\\S+) (.*)", Pattern.DOTALL);
    private static final Pattern CHANGE = Pattern.compile("(ADD COLUMN IF NOT EXISTS|MODIFY COLUMN) (\\S+) (.*)");
    private static final Pattern INSERT = Pattern.compile("INSERT INTO (\\S+) \\((.*)\\) FORMAT JSONEachRow");
    private static final Pattern UNTOLD = Pattern.compile(
            "SELECT toString\\((\\w+)\\), (.*) FROM (\\S+) FINAL WHERE \\(\\w+\\) IN \\((.*)\\) FORMAT JSONCompactEachRow");
    private static final Pattern COLUMNS =
            Pattern.compile("SELECT name, type FROM system.columns .*table = '([^']*)'.*");

    private final Map<String, Table> tables = new ConcurrentHashMap<>();
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private Optional<HttpServer> server = Optional.empty();
    private volatile int failures;
    private int port;

    /** A table. */
    record Table(Map<String, String> columns, String engine, List<String> key, List<ObjectNode> rows) {}

    TestClickHouse() {
        begin();
    }

    /** Begins to listen, on the same port as before. */
    void begin() {
        try {
            HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            port = listening.getAddress().getPort();
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

    int port() {
        return port;
    }

    /** Runs out of memory as often as this. */
    void fail(int times) {
        failures = times;
    }

    Table table(String name) {
        return tables.get(name);
    }

    /** Makes a table by hand. */
    void make(String create) {
        run(create, "");
    }

    List<String> statements() {
        return statements;
    }

    /** Returns what a reader with {@code FINAL} sees, by key, without the marks of the sink. */
    Map<String, String> seen(String name) {
        Table table = tables.get(name);
        Map<String, ObjectNode> last = new TreeMap<>();
        for (ObjectNode row : table.rows()) {
            StringBuilder key = new StringBuilder();
            table.key().forEach(column -> key.append(row.get(column).asText()).append(' '));
            last.merge(
                    key.toString().strip(),
                    row,
                    (one, other) -> other.get("_version").asLong()
                                    >= one.get("_version").asLong()
                            ? other
                            : one);
        }
        Map<String, String> seen = new TreeMap<>();
        last.forEach((key, row) -> {
            if (row.get("is_deleted").asInt() == 0) {
                ObjectNode plain = row.deepCopy();
                plain.remove(List.of("_version", "is_deleted"));
                seen.put(key, plain.toString());
            }
        });
        return seen;
    }

    @Override
    public void close() {
        end();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            Reply reply = letsIn(exchange)
                    ? query.containsKey("query") ? run(query.get("query"), body) : run(body, "")
                    : new Reply(516, "u: Authentication failed: password is incorrect");
            byte[] text = (reply.code() == 0
                            ? reply.text()
                            : "Code: " + reply.code() + ". DB::Exception: " + reply.text())
                    .getBytes(StandardCharsets.UTF_8);
            if (reply.code() != 0) {
                exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", String.valueOf(reply.code()));
            }
            exchange.sendResponseHeaders(
                    reply.code() == 0 ? 200 : reply.code() == 516 ? 403 : 400, text.length == 0 ? -1 : text.length);
            if (text.length > 0) {
                exchange.getResponseBody().write(text);
            }
        }
    }

    private record Reply(int code, String text) {}

    private static boolean letsIn(HttpExchange exchange) {
        return "u".equals(exchange.getRequestHeaders().getFirst("X-ClickHouse-User"))
                && "p".equals(exchange.getRequestHeaders().getFirst("X-ClickHouse-Key"));
    }

    private synchronized Reply run(String sql, String rows) {
        Matcher columns = COLUMNS.matcher(sql);
        if (columns.matches()) {
            StringBuilder lines = new StringBuilder();
            Optional.ofNullable(tables.get(columns.group(1))).ifPresent(table -> table.columns()
                    .forEach((name, type) ->
                            lines.append(JSON.createArrayNode().add(name).add(type) + "\n")));
            return new Reply(0, lines.toString());
        }
        Matcher untold = UNTOLD.matcher(sql);
        if (untold.matches()) {
            return untold(untold);
        }
        if (sql.equals("SELECT version()")) {
            return new Reply(0, "25.8.1.1\n");
        }
        statements.add(sql);
        if (failures > 0) {
            failures--;
            return new Reply(241, "Memory limit exceeded");
        }
        Matcher create = CREATE.matcher(sql);
        Matcher alter = ALTER.matcher(sql);
        Matcher insert = INSERT.matcher(sql);
        if (create.matches()) {
            create(create);
        } else if (alter.matches()) {
            alter(alter);
        } else if (sql.startsWith("TRUNCATE TABLE ")) {
            tables.get(sql.substring("TRUNCATE TABLE ".length())).rows().clear();
        } else if (insert.matches()) {
            return insert(insert, rows);
        }
        return new Reply(0, "");
    }

    private Reply untold(Matcher select) {
        StringBuilder lines = new StringBuilder();
        seen(select.group(3)).forEach((key, text) -> {
            if (select.group(4).contains("('" + key + "')")) {
                try {
                    JsonNode row = JSON.readTree(text);
                    ArrayNode line = JSON.createArrayNode().add(key);
                    split(select.group(2)).forEach(column -> line.add(row.get(column)));
                    lines.append(line).append('\n');
                } catch (JsonProcessingException e) {
                    throw new AssertionError(e);
                }
            }
        });
        return new Reply(0, lines.toString());
    }

    private void create(Matcher create) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String column : split(create.group(2))) {
            int space = column.indexOf(' ');
            columns.put(column.substring(0, space).replace("`", ""), column.substring(space + 1));
        }
        Matcher order = Pattern.compile(".*ORDER BY \\((.*)\\)").matcher(create.group(4));
        List<String> key = order.matches() && !order.group(1).isEmpty() ? split(order.group(1)) : List.of();
        tables.put(
                create.group(1).replace("`", ""),
                new Table(columns, create.group(3) + create.group(4), key, new CopyOnWriteArrayList<>()));
    }

    private void alter(Matcher alter) {
        for (String one : split(alter.group(2))) {
            Matcher change = CHANGE.matcher(one);
            if (!change.matches()) {
                throw new AssertionError(one);
            }
            tables.get(alter.group(1)).columns().put(change.group(2).replace("`", ""), change.group(3));
        }
    }

    private Reply insert(Matcher insert, String lines) {
        Table table = tables.get(insert.group(1).replace("`", ""));
        if (table == null) {
            return new Reply(60, "Table " + insert.group(1) + " does not exist");
        }
        List<String> names = split(insert.group(2)).stream()
                .map(name -> name.replace("`", ""))
                .toList();
        List<ObjectNode> rows = new ArrayList<>();
        for (String line : lines.split("\n")) {
            try {
                JsonNode row = JSON.readTree(line);
                if (line.contains("bad")) {
                    return new Reply(27, "Cannot parse input");
                }
                row.fieldNames().forEachRemaining(name -> {
                    if (!names.contains(name) || !table.columns().containsKey(name)) {
                        throw new AssertionError("no column " + name + " in " + table.columns());
                    }
                });
                rows.add((ObjectNode) row);
            } catch (JsonProcessingException e) {
                return new Reply(117, "Cannot parse JSON");
            }
        }
        table.rows().addAll(rows);
        return new Reply(0, "");
    }

    /** Splits at commas that are not inside parentheses. */
    private static List<String> split(String list) {
        List<String> items = new ArrayList<>();
        int depth = 0;
        StringBuilder item = new StringBuilder();
        for (int i = 0; i < list.length(); i++) {
            char next = list.charAt(i);
            depth += next == '(' ? 1 : next == ')' ? -1 : 0;
            if (next == ',' && depth == 0) {
                items.add(item.toString().strip());
                item.setLength(0);
            } else {
                item.append(next);
            }
        }
        items.add(item.toString().strip());
        return items;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }
}
