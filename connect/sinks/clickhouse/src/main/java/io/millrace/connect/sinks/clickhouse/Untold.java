package io.millrace.connect.sinks.clickhouse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.connect.sinks.clickhouse.ClickHouseSettings.Naming;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What ClickHouse has in columns that a change does not tell. A row is always inserted whole, so that a large value that
 * an update left as it was has to be read and written again.
 */
final class Untold {
    private static final JsonFactory JSON = new JsonFactory();

    private final ClickHouse server;
    private final Naming naming;

    Untold(ClickHouse server, Naming naming) {
        this.server = server;
        this.naming = naming;
    }

    /**
     * Returns members of JSON objects with the values of columns, by the key of their row as text; nothing for a row that
     * is not there.
     *
     * @param table as it stands in SQL
     */
    Map<List<String>, String> values(
            String table, Collection<String> keyColumns, Collection<String> columns, Collection<List<String>> keys)
            throws ClickHouseException {
        String key = keyColumns.stream().map(naming::quoted).collect(Collectors.joining(", ", "(", ")"));
        String wanted = Stream.concat(
                        keyColumns.stream().map(column -> "toString(" + naming.quoted(column) + ")"),
                        columns.stream().map(naming::quoted))
                .collect(Collectors.joining(", "));
        String literals = keys.stream()
                .distinct()
                .map(one -> one.stream().map(Untold::literal).collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
        String answer = server.ask("SELECT " + wanted + " FROM " + table + " FINAL WHERE " + key + " IN (" + literals
                + ") FORMAT JSONCompactEachRow");
        Map<List<String>, String> values = new HashMap<>();
        try (JsonParser parser = JSON.createParser(answer)) {
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                List<String> found = new ArrayList<>();
                for (int i = 0; i < keyColumns.size(); i++) {
                    found.add(parser.nextTextValue());
                }
                values.put(found, members(parser, columns));
                parser.nextToken();
            }
        } catch (IOException e) {
            throw new ClickHouseException("ClickHouse answered with something else than rows", e);
        }
        return values;
    }

    private static String members(JsonParser parser, Collection<String> columns) throws IOException {
        StringWriter members = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(members)) {
            json.writeStartObject();
            for (String column : columns) {
                parser.nextToken();
                json.writeFieldName(column);
                json.copyCurrentStructure(parser);
            }
            json.writeEndObject();
        }
        return members.toString().replaceAll("^\\{|}$", "");
    }

    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
