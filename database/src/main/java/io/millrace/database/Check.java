package io.millrace.database;

import java.util.Optional;

/**
 * One thing that was looked at before a database is captured.
 *
 * @param name stable name, for example {@code wal_level}
 * @param ok empty where an earlier check stood in the way
 * @param message what was found
 * @param hint what to do, for example the SQL to run; never holds a secret
 */
public record Check(String name, Optional<Boolean> ok, String message, Optional<String> hint) {
    /** Returns a check that went well. */
    public static Check passed(String name, String message) {
        return new Check(name, Optional.of(true), message, Optional.empty());
    }

    /** Returns a check that went well but for something that is better mended. */
    public static Check warned(String name, String message, String hint) {
        return new Check(name, Optional.of(true), message, Optional.of(hint));
    }

    /** Returns a check that says what has to be mended. */
    public static Check failed(String name, String message, String hint) {
        return new Check(name, Optional.of(false), message, Optional.of(hint));
    }

    /** Returns a check that an earlier failure stood in the way of. */
    public static Check notReached(String name) {
        return new Check(name, Optional.empty(), "Not reached", Optional.empty());
    }
}
