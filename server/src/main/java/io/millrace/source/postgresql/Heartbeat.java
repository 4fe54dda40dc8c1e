package io.millrace.source.postgresql;

import io.millrace.catalogue.ConfigValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Beats that let offsets, and with them the slot, move on while the captured tables are quiet. */
final class Heartbeat {
    private static final String INTERVAL_MILLIS = "10000";
    private static final String TABLE = "streamkap_heartbeat";

    private Heartbeat() {}

    static Map<String, String> properties(ConfigValues config) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (!config.isTrue("heartbeat.enabled")) {
            properties.put("heartbeat.interval.ms", "0");
            return properties;
        }
        properties.put("heartbeat.interval.ms", INTERVAL_MILLIS);
        action(config).ifPresent(sql -> properties.put("heartbeat.action.query", sql));
        return properties;
    }

    private static Optional<String> action(ConfigValues config) {
        if (config.isTrue("heartbeat.use.logical.message")) {
            return Optional.of("SELECT pg_logical_emit_message(true, 'millrace-heartbeat', now()::text)");
        }
        boolean writable = config.text("snapshot.read.only.user.defined")
                .filter("No"::equals)
                .isPresent();
        return writable
                ? config.text("heartbeat.data.collection.schema.or.database").map(Heartbeat::update)
                : Optional.empty();
    }

    private static String update(String place) {
        int dot = place.indexOf('.');
        String schema = dot < 0 ? place : place.substring(0, dot);
        String table = dot < 0 ? TABLE : place.substring(dot + 1);
        return "UPDATE " + quoted(schema) + "." + quoted(table) + " SET last_update = now()";
    }

    private static String quoted(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }
}
