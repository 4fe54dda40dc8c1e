package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names as SQL takes them, whatever letters they are made of. */
public final class Identifiers {
    private Identifiers() {}

    /**
     * Returns the name in double quotes.
     *
     * @throws IllegalArgumentException if it is empty or holds a zero character, which no name of PostgreSQL does
     */
    public static String quote(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + name.replace("\0", "\\0") + "' is not a name");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Returns schema and table, each in double quotes, with a dot between. */
    public static String quote(TableName table) {
        return quote(table.schema()) + "." + quote(table.table());
    }

    /** Returns the names, quoted, with commas between. */
    public static String list(Collection<String> names) {
        return names.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
    }

    /** Returns the tables, quoted, with commas between. */
    static String tables(Collection<TableName> tables) {
        return tables.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
    }

    /** Returns the text as a literal, for sessions in which a backslash is a backslash. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
