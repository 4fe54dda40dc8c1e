package io.millrace.source.binlog;

import io.millrace.catalogue.ConfigValues;
import io.millrace.database.mariadb.Identifiers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Beats that let offsets move on while the captured tables are quiet, and that write the first one down at once, so that a
 * source that was just made does not begin anew from a later present. They need nothing in the database; a table there is
 * written to only where a client has named one.
 *
 * <p>A beat comes with an event of the log, at most one in the interval; a server in which nothing happens sends one every
 * ten seconds. Where a beat writes into the database it is itself followed by an event, so those are farther apart.
 */
final class Heartbeat {
    private static final String INTERVAL_MILLIS = "100";
    private static final String WRITING_INTERVAL_MILLIS = "10000";
    private static final String TABLE = "streamkap_heartbeat";

    private Heartbeat() {}

    static Map<String, String> properties(ConfigValues config) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (!config.isTrue("heartbeat.enabled")) {
            properties.put("heartbeat.interval.ms", "0");
            return properties;
        }
        Optional<String> action = action(config);
        properties.put("heartbeat.interval.ms", action.isPresent() ? WRITING_INTERVAL_MILLIS : INTERVAL_MILLIS);
        action.ifPresent(sql -> properties.put("heartbeat.action.query", sql));
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
