package io.millrace.connect.sinks.clickhouse;

import java.net.URI;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.types.Password;

/**
 * What the sink was told.
 *
 * @param url of the HTTP interface
 */
record ClickHouseSettings(URI url, Login login, String database, Naming naming, Mode mode, Deletes deletes) {
    static final ConfigDef DEFINITION = new ConfigDef()
            .define("hostname", ConfigDef.Type.STRING, Importance.HIGH, "Host of the server.")
            .define(
                    "port",
                    ConfigDef.Type.INT,
                    8443,
                    Range.between(1, 65_535),
                    Importance.HIGH,
                    "Port of its HTTP interface.")
            .define("ssl", ConfigDef.Type.BOOLEAN, true, Importance.HIGH, "Whether to use TLS.")
            .define("username", ConfigDef.Type.STRING, Importance.HIGH, "Who writes.")
            .define("password", ConfigDef.Type.PASSWORD, "", Importance.HIGH, "Password of that user.")
            .define("database", ConfigDef.Type.STRING, Importance.HIGH, "Database to write to.")
            .define(
                    "ingestion.mode",
                    ConfigDef.Type.STRING,
                    "upsert",
                    ValidString.in("upsert", "append"),
                    Importance.HIGH,
                    "upsert keeps one row for each key, append every event.")
            .define(
                    "hard.delete",
                    ConfigDef.Type.BOOLEAN,
                    true,
                    Importance.MEDIUM,
                    "Whether deleted rows are hidden from readers with FINAL; upsert only.")
            .define(
                    "schema.evolution",
                    ConfigDef.Type.STRING,
                    "basic",
                    ValidString.in("basic", "none"),
                    Importance.MEDIUM,
                    "basic makes tables and lets them follow their rows.")
            .define("table.name.prefix", ConfigDef.Type.STRING, "", Importance.LOW, "Text before the names of tables.")
            .define(
                    "clickhouse.json.support",
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.LOW,
                    "Whether JSON becomes columns of the type JSON, not String.")
            .define(
                    "quote.identifiers",
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.LOW,
                    "Whether names are quoted also where they need not be.")
            .define(
                    "topics.config.map",
                    ConfigDef.Type.STRING,
                    "",
                    Importance.LOW,
                    "JSON object: topic -> JSON text {\"delete_sql_execute\": \"...\"}.");

    /** Who writes. */
    record Login(String user, Password password) {}

    /** How tables and columns are named, and how names are written. */
    record Naming(String prefix, boolean alwaysQuoted) {
        /** Returns a name as it stands in SQL. */
        String quoted(String name) {
            return !alwaysQuoted && name.matches("[A-Za-z_][A-Za-z0-9_]*")
                    ? name
                    : "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
        }
    }

    /**
     * What is kept.
     *
     * @param upsert whether one row for each key is kept, not every event
     * @param evolving whether tables are made and changed
     * @param json whether JSON has a type of its own
     */
    record Mode(boolean upsert, boolean evolving, boolean json) {}

    /** What is done for a delete. */
    record Deletes(boolean hard, DeleteStatements statements) {}

    static ClickHouseSettings of(Map<String, String> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        String host = config.getString("hostname").strip();
        boolean upsert = config.getString("ingestion.mode").equals("upsert");
        return new ClickHouseSettings(
                URI.create((config.getBoolean("ssl") ? "https://" : "http://")
                        + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
                        + ":" + config.getInt("port") + "/"),
                new Login(config.getString("username"), config.getPassword("password")),
                config.getString("database"),
                new Naming(config.getString("table.name.prefix"), config.getBoolean("quote.identifiers")),
                new Mode(
                        upsert,
                        config.getString("schema.evolution").equals("basic"),
                        config.getBoolean("clickhouse.json.support")),
                new Deletes(
                        upsert && config.getBoolean("hard.delete"),
                        DeleteStatements.of(config.getString("topics.config.map"))));
    }
}
