package io.millrace.destination.sql;

import io.millrace.catalogue.ConfigValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The properties that the SQL sink has whatever the product. */
final class SqlSink {
    static final String CONNECTOR_CLASS = "io.millrace.connect.sinks.sql.SqlSinkConnector";

    private SqlSink() {}

    /** Where and how tables are written. */
    record Target(String product, String url, String user, String password, Optional<String> schema) {}

    /** Returns the properties for configurations that say {@code ingestion.mode} and {@code hard.delete}. */
    static Map<String, String> ingesting(Target target, ConfigValues config) {
        Map<String, String> properties = common(target, config);
        properties.put("sql.mode", text(config, "ingestion.mode"));
        properties.put("sql.hard.delete", text(config, "hard.delete"));
        return properties;
    }

    /** Returns the properties for configurations that say {@code insert.mode} and {@code delete.enabled}. */
    static Map<String, String> inserting(Target target, ConfigValues config) {
        boolean deletes = config.isTrue("delete.enabled");
        boolean upserts = upserts(config);
        Map<String, String> properties = common(target, config);
        properties.put("sql.mode", upserts ? "upsert" : "append");
        properties.put("sql.hard.delete", String.valueOf(deletes));
        // Without the key of the record, a delete would not find its row.
        properties.put("sql.key.mode", deletes ? "record_key" : keyMode(config));
        config.text("primary.key.fields").ifPresent(columns -> properties.put("sql.key.columns", columns));
        return properties;
    }

    /** Returns whether a table shows the last state of each key, for configurations that say {@code insert.mode}. */
    static boolean upserts(ConfigValues config) {
        return config.isTrue("delete.enabled") || text(config, "insert.mode").equals("upsert");
    }

    /** Returns the same for configurations that say {@code ingestion.mode}. */
    static boolean ingestsByKey(ConfigValues config) {
        return text(config, "ingestion.mode").equals("upsert");
    }

    /** Returns the schema of tables in DuckDB. */
    static String duckDbSchema(ConfigValues config) {
        return config.text("table.name.prefix").orElse("main");
    }

    private static String keyMode(ConfigValues config) {
        return config.text("primary.key.mode.user.defined")
                .or(() -> config.text("primary.key.mode"))
                .orElse("record_key");
    }

    private static Map<String, String> common(Target target, ConfigValues config) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("connector.class", CONNECTOR_CLASS);
        properties.put("tasks.max", text(config, "tasks.max"));
        properties.put("sql.product", target.product());
        properties.put("sql.url", target.url());
        properties.put("sql.user", target.user());
        properties.put("sql.password", target.password());
        target.schema().ifPresent(schema -> properties.put("sql.schema", schema));
        properties.put("sql.schema.evolution", text(config, "schema.evolution"));
        properties.put("sql.quote.identifiers", text(config, "quote.identifiers"));
        return properties;
    }

    static String text(ConfigValues config, String key) {
        return config.text(key).orElse("");
    }
}
