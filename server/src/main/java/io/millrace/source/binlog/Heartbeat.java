package io.millrace.source.binlog;

import io.millrace.catalogue.ConfigValues;
import io.millrace.database.mariadb.Identifiers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Beats that let offsets move on while the captured tables are quiet, and that write down the first one soon after a source
 * was made. They need nothing in the database; a table there is written to only where a client has named one.
 */
final class Heartbeat {
    private static final String INTERVAL_MILLIS = "1000";
    private static final String TABLE = "streamkap_heartbeat";

    private Heartbeat() {}

    static Map<String, String> properties(ConfigValues config) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (!config.isTrue("heartbeat.enabled")) {
            properties.put("heartbeat.interval.ms", "0");
            return properties;
        }
        properties.put("heartbeat.interval.ms", INTERVAL_MILLIS);
        properties.put("topic.heartbeat.prefix", "__debezium-heartbeat");
        action(config).ifPresent(sql -> properties.put("heartbeat.action.query", sql));
        return properties;
    }

    private static Optional<String> action(ConfigValues config) {
        boolean writable = config.text("snapshot.gtid").filter("No"::equals).isPresent();
        return writable
                ? config.text("heartbeat.data.collection.schema.or.database").map(Heartbeat::update)
                : Optional.empty();
    }

    private static String update(String place) {
        int dot = place.indexOf('.');
        String database = dot < 0 ? place : place.substring(0, dot);
        String table = dot < 0 ? TABLE : place.substring(dot + 1);
        return "UPDATE " + Identifiers.quote(database) + "." + Identifiers.quote(table) + " SET last_update = now()";
    }
}
