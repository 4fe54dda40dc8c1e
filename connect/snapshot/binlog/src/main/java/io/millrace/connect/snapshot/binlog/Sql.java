package io.millrace.connect.snapshot.binlog;

import io.millrace.control.TableName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names and texts as SQL takes them. */
final class Sql {
    private Sql() {}

    static String quoted(String identifier) {
        return '`' + identifier.replace("`", "``") + '`';
    }

    static String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.table());
    }

    /** Returns a text as a literal, whatever a backslash means in the session. */
    static String literal(String text) {
        return text.matches("[A-Za-z0-9 :.,/+-]*")
                ? "'" + text + "'"
                : "_utf8mb4 x'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
    }
}
