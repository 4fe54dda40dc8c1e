package io.millrace.connect.sinks.redis;

import java.util.Locale;
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
 * @param keyspace name of the key to write to, in which {@value #TOPIC} stands for the table
 */
record RedisSettings(String host, int port, Login login, boolean tls, String keyspace, Type type) {
    static final String TOPIC = "${topic}";

    static final ConfigDef DEFINITION = new ConfigDef()
            .define("redis.host", ConfigDef.Type.STRING, Importance.HIGH, "Host of the server.")
            .define(
                    "redis.port",
                    ConfigDef.Type.INT,
                    6379,
                    Range.between(1, 65_535),
                    Importance.HIGH,
                    "Port of the server.")
            .define("redis.username", ConfigDef.Type.STRING, "default", Importance.HIGH, "User of the server.")
            .define("redis.password", ConfigDef.Type.PASSWORD, "", Importance.HIGH, "Password; empty for none.")
            .define("redis.tls", ConfigDef.Type.BOOLEAN, true, Importance.HIGH, "Whether to use TLS.")
            .define(
                    "redis.keyspace",
                    ConfigDef.Type.STRING,
                    TOPIC,
                    Importance.HIGH,
                    "Key to write to; ${topic} stands for the table.")
            .define(
                    "redis.type",
                    ConfigDef.Type.STRING,
                    "STREAM",
                    ValidString.in("STREAM", "LIST", "HASH"),
                    Importance.HIGH,
                    "What is written: STREAM, LIST or HASH.");

    /** What is written. */
    enum Type {
        /** An entry for each event. */
        STREAM,
        /** An element for each event. */
        LIST,
        /** A hash for each row. */
        HASH
    }

    /** Who writes. */
    record Login(String user, Password password) {}

    static RedisSettings of(Map<String, String> settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
        return new RedisSettings(
                config.getString("redis.host"),
                config.getInt("redis.port"),
                new Login(config.getString("redis.username"), config.getPassword("redis.password")),
                config.getBoolean("redis.tls"),
                config.getString("redis.keyspace"),
                Type.valueOf(config.getString("redis.type").toUpperCase(Locale.ROOT)));
    }

    /** Returns the key of a table, or what the keys of its rows begin with. */
    String keyspaceOf(String table) {
        return keyspace.replace(TOPIC, table);
    }

    /** Returns whether tables can be told apart by their keys. */
    boolean tellsTablesApart() {
        return keyspace.contains(TOPIC);
    }
}
