package io.millrace.connect.sinks.sql;

import io.millrace.connect.sinks.keyed.KeyChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/**
 * What a sink into a SQL database is told.
 *
 * @param product which dialect
 * @param schema where tables are, in products that have schemas
 * @param upsert whether a table shows the last state of each key; else it gets a row for each change
 * @param hardDelete whether deleted rows go away; else they stay, marked
 * @param evolve whether tables are made and changed to fit
 * @param key where the key of a row comes from
 * @param quote whether names keep their case
 */
public record SqlSettings(
        String product,
        String url,
        String user,
        String password,
        Optional<String> schema,
        boolean upsert,
        boolean hardDelete,
        boolean evolve,
        KeyChoice key,
        boolean quote) {
    /** Settings as Connect knows them. */
    public static final ConfigDef DEFINITION = new ConfigDef()
            .define("sql.product", ConfigDef.Type.STRING, Importance.HIGH, "Product: postgresql, mysql, duckdb.")
            .define("sql.url", ConfigDef.Type.STRING, Importance.HIGH, "JDBC URL of the database.")
            .define("sql.user", ConfigDef.Type.STRING, "", Importance.HIGH, "Who connects.")
            .define("sql.password", ConfigDef.Type.PASSWORD, "", Importance.HIGH, "Password or token.")
            .define("sql.schema", ConfigDef.Type.STRING, "", Importance.MEDIUM, "Schema of the tables.")
            .define(
                    "sql.mode",
                    ConfigDef.Type.STRING,
                    "upsert",
                    ValidString.in("upsert", "append"),
                    Importance.MEDIUM,
                    "Last state of each key, or a row for each change.")
            .define(
                    "sql.hard.delete",
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Whether deleted rows go away.")
            .define(
                    "sql.schema.evolution",
                    ConfigDef.Type.STRING,
                    "basic",
                    ValidString.in("basic", "none"),
                    Importance.MEDIUM,
                    "Whether tables follow the schema of the source.")
            .define(
                    "sql.key.mode",
                    ConfigDef.Type.STRING,
                    "record_key",
                    ValidString.in("record_key", "record_value", "none"),
                    Importance.MEDIUM,
                    "Where the key of a row comes from.")
            .define("sql.key.columns", ConfigDef.Type.STRING, "", Importance.MEDIUM, "Columns of the key.")
            .define(
                    "sql.quote.identifiers",
                    ConfigDef.Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "Whether names keep their case.");

    /** Reads what Connect was given. */
    static SqlSettings of(Map<String, String> given) {
        AbstractConfig config = new AbstractConfig(DEFINITION, given, false);
        List<String> columns = Stream.of(config.getString("sql.key.columns").split(","))
                .map(String::strip)
                .filter(column -> !column.isEmpty())
                .toList();
        return new SqlSettings(
                config.getString("sql.product"),
                config.getString("sql.url"),
                config.getString("sql.user"),
                config.getPassword("sql.password").value(),
                Optional.of(config.getString("sql.schema")).filter(schema -> !schema.isEmpty()),
                "upsert".equals(config.getString("sql.mode")),
                config.getBoolean("sql.hard.delete"),
                "basic".equals(config.getString("sql.schema.evolution")),
                KeyChoice.of(config.getString("sql.key.mode"), columns),
                config.getBoolean("sql.quote.identifiers"));
    }

    /** Says nothing of the password. */
    @Override
    public String toString() {
        return product + " " + url;
    }
}
