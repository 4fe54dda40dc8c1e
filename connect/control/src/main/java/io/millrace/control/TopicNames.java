package io.millrace.control;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of the topics that captured tables go to: {@code <prefix>.<schema>.<table>}, with what Kafka does not allow
 * escaped.
 *
 * <p>Kafka allows {@code [A-Za-z0-9._-]}. Every other UTF-16 unit becomes {@code _u} and its four hexadecimal digits
 * ({@code "café au lait"} is {@code caf_u00E9_u0020au_u0020lait}); an underscore that would be read as the start of such
 * an escape is escaped itself, so that {@link #unescape} always gives the name back. Dots stay, therefore schema {@code
 * a.b} with table {@code c} and schema {@code a} with table {@code b.c} have one name; whoever captures tables refuses
 * such a pair.
 */
public final class TopicNames {
    /** Most characters that Kafka takes in a topic name. */
    public static final int MAX_LENGTH = 249;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern ESCAPE = Pattern.compile("_u([0-9A-F]{4})");

    private TopicNames() {}

    /** Returns the topic of a table; {@code prefix} is taken as it is. */
    public static String of(String prefix, TableName table) {
        return prefix + "." + escape(table.toString());
    }

    /** Returns {@code name} with every unit that Kafka does not allow escaped. */
    public static String escape(String name) {
        StringBuilder escaped = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isAllowed(c)
                    && !(c == '_'
                            && ESCAPE.matcher(name).region(i, name.length()).lookingAt())) {
                escaped.append(c);
            } else {
                escaped.append("_u").append(HEX.toHexDigits(c));
            }
        }
        return escaped.toString();
    }

    /** Returns the name that {@link #escape} was given. */
    public static String unescape(String escaped) {
        Matcher matcher = ESCAPE.matcher(escaped);
        StringBuilder name = new StringBuilder(escaped.length());
        while (matcher.find()) {
            String unit = String.valueOf((char) Integer.parseInt(matcher.group(1), 16));
            matcher.appendReplacement(name, Matcher.quoteReplacement(unit));
        }
        return matcher.appendTail(name).toString();
    }

    private static boolean isAllowed(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }
}
