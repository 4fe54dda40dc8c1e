package io.millrace.database.mariadb;

import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The server's settings, as they are for all sessions. */
final class Variables {
    private final Map<String, String> values = new HashMap<>();

    private Variables(Map<String, String> values) {
        this.values.putAll(values);
    }

    static Variables of(Connection session) throws SQLException {
        Map<String, String> values = new HashMap<>();
        Rows.all(
                        session,
                        "SHOW GLOBAL VARIABLES",
                        row -> Map.entry(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2)))
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return new Variables(values);
    }

    /** Returns the value in upper case; empty where the server has no such setting. */
    Optional<String> word(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> value.toUpperCase(Locale.ROOT));
    }

    boolean isOn(String name) {
        return word(name)
                .filter(value -> value.equals("ON") || value.equals("1"))
                .isPresent();
    }

    OptionalLong number(String name) {
        return word(name)
                .filter(value -> value.matches("\\d+(\\.\\d+)?"))
                .map(value -> OptionalLong.of((long) Double.parseDouble(value)))
                .orElse(OptionalLong.empty());
    }
}
