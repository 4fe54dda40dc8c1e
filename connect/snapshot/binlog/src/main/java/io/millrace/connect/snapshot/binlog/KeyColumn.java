package io.millrace.connect.snapshot.binlog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column that orders chunks: how its values travel as text, exactly, and come back as literals that the database
 * compares as it orders the column, with the column's own collation.
 */
record KeyColumn(String name, Form form, boolean nullable) {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?");
    private static final Set<String> WHOLE = Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "year", "bit");
    private static final Set<String> INDEXED = Set.of("enum", "set");
    private static final Set<String> FLOATING = Set.of("float", "double", "real");
    private static final Set<String> TEXT = Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");
    private static final Set<String> BYTES =
            Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");

    /** How values of a column are written. */
    enum Form {
        WHOLE,
        /** Ordered by the number of the value, compared with a text by its letters: so always taken as the number. */
        INDEXED,
        DECIMAL,
        FLOATING,
        TEXT,
        BYTES,
        /** Days, times, addresses: what a quoted text is converted to when it is compared. */
        QUOTED
    }

    /** Makes a column of a type of the catalogue, in lower case and without its length. */
    static KeyColumn of(String name, String dataType, boolean nullable) {
        String type = dataType.toLowerCase(Locale.ROOT);
        Form form = WHOLE.contains(type)
                ? Form.WHOLE
                : INDEXED.contains(type)
                        ? Form.INDEXED
                        : type.equals("decimal")
                                ? Form.DECIMAL
                                : FLOATING.contains(type)
                                        ? Form.FLOATING
                                        : TEXT.contains(type)
                                                ? Form.TEXT
                                                : BYTES.contains(type) ? Form.BYTES : Form.QUOTED;
        return new KeyColumn(name, form, nullable);
    }

    /** Returns what to compare with literals. */
    String compared() {
        return form == Form.INDEXED ? Sql.quoted(name) + " + 0" : Sql.quoted(name);
    }

    /** Returns what to select to get the text of a value. */
    String selected() {
        String column = Sql.quoted(name);
        return switch (form) {
            case WHOLE, INDEXED, DECIMAL -> "CAST(" + column + " + 0 AS CHAR)";
            case FLOATING -> "CAST(" + column + " * 1e0 AS CHAR)";
            case TEXT -> "CONVERT(" + column + " USING utf8mb4)";
            case BYTES -> "HEX(" + column + ")";
            case QUOTED -> "CAST(" + column + " AS CHAR)";
        };
    }

    /** Returns a value as a key holds it. */
    JsonNode json(@Nullable String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (text == null) {
            return nodes.nullNode();
        }
        if (form != Form.WHOLE && form != Form.INDEXED) {
            return nodes.textNode(text);
        }
        BigInteger number = new BigInteger(text);
        return number.bitLength() < Long.SIZE ? nodes.numberNode(number.longValue()) : nodes.numberNode(number);
    }

    /** Returns a literal of a value that is not null. */
    String literal(JsonNode value) {
        String text = value.asText();
        return switch (form) {
            case WHOLE, INDEXED, DECIMAL -> number(text);
            case FLOATING -> number(text.contains("e") ? text : text + "e0");
            case TEXT -> "_utf8mb4 x'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
            case BYTES -> "x'" + HexFormat.of().formatHex(HexFormat.of().parseHex(text)) + "'";
            case QUOTED -> Sql.literal(text);
        };
    }

    private String number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no value of the key column '" + name + "'");
        }
        return text;
    }
}
