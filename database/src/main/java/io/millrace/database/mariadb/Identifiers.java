package io.millrace.database.mariadb;

import io.millrace.control.TableName;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names and texts as SQL takes them, whatever letters they are made of. */
public final class Identifiers {
    private Identifiers() {}

    /**
     * Returns the name in backquotes.
     *
     * @throws IllegalArgumentException if it is empty or holds a zero character, which no name does
     */
    public static String quote(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + name.replace("\0", "\\0") + "' is not a name");
        }
        return '`' + name.replace("`", "``") + '`';
    }

    /** Returns database and table, each in backquotes, with a dot between. */
    public static String quote(TableName table) {
        return quote(table.schema()) + "." + quote(table.table());
    }

    /** Returns the names, quoted, with commas between. */
    static String list(Collection<String> names) {
        return names.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
    }

    /** Returns the text as a literal; sessions are opened so that a backslash escapes. */
    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** Returns the account of a user for a GRANT, from wherever it comes. */
    static String account(String user) {
        return literal(user) + "@'%'";
    }
}
