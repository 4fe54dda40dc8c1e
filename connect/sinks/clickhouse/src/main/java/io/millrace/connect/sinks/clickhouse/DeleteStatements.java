package io.millrace.connect.sinks.clickhouse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** SQL of a client's own that is run after deletes, by topic. */
record DeleteStatements(Map<String, String> byTopic) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> NAMES = List.of("delete_sql_execute", "delete.sql.execute");
    private static final String TABLE = "{{table}}";

    DeleteStatements {
        byTopic = Map.copyOf(byTopic);
    }

    /** Reads {@code {"topic": "{\"delete_sql_execute\": \"...\"}"}}; the inner object may also stand there as it is. */
    static DeleteStatements of(String text) {
        Map<String, String> statements = new HashMap<>();
        if (text.isBlank()) {
            return new DeleteStatements(statements);
        }
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ConfigException("topics.config.map must be a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String topic = parser.currentName();
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    statement(parser).ifPresent(sql -> statements.put(topic, sql));
                } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    try (JsonParser inner = JSON.createParser(parser.getText())) {
                        inner.nextToken();
                        statement(inner).ifPresent(sql -> statements.put(topic, sql));
                    }
                }
            }
        } catch (IOException e) {
            throw new ConfigException("topics.config.map is no JSON: " + e.getMessage());
        }
        return new DeleteStatements(statements);
    }

    private static Optional<String> statement(JsonParser parser) throws IOException {
        Optional<String> found = Optional.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (NAMES.contains(name) && !parser.getText().isBlank()) {
                found = Optional.of(parser.getText());
            }
            parser.skipChildren();
        }
        return found;
    }

    /**
     * Returns what to run after deletes of a topic.
     *
     * @param topic its whole name, of which the map may have the end: without the source, or the table alone
     * @param table as it stands in SQL, in the place of {@value #TABLE}
     */
    Optional<String> after(String topic, String table) {
        String name = topic;
        while (true) {
            String statement = byTopic.get(name);
            if (statement != null) {
                return Optional.of(statement.replace(TABLE, table));
            }
            int dot = name.indexOf('.');
            if (dot < 0) {
                return Optional.empty();
            }
            name = name.substring(dot + 1);
        }
    }
}
