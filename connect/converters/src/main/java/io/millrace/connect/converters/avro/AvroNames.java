package io.millrace.connect.converters.avro;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names as Avro allows them: {@code [A-Za-z_][A-Za-z0-9_]*}.
 *
 * <p>Every other UTF-16 unit becomes {@code _u} and its four hexadecimal digits, and so does an underscore that would be
 * read as the start of such an escape; therefore two names never become one.
 */
final class AvroNames {
    /** Namespace of records whose Connect name has none. */
    static final String NAMESPACE = "io.millrace.connect";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern ESCAPE = Pattern.compile("_u[0-9A-F]{4}");
    private static final Set<String> RESERVED = Set.of(
            "null", "boolean", "int", "long", "float", "double", "bytes", "string", "record", "enum", "array", "map",
            "fixed", "union", "error");

    private AvroNames() {}

    /** Returns {@code name} as one Avro name without dots. */
    static String escape(String name) {
        StringBuilder escaped = new StringBuilder(name.length());
        Matcher escape = ESCAPE.matcher(name);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean looksEscaped = c == '_' && escape.region(i, name.length()).lookingAt();
            if (isLetter(c) && !looksEscaped || i > 0 && isDigit(c)) {
                escaped.append(c);
            } else {
                escaped.append("_u").append(HEX.toHexDigits(c));
            }
        }
        return escaped.toString();
    }

    /** Returns the Avro full name for a struct: dots separate namespaces, a name without dots gets ours. */
    static String escapeFullName(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length == 1 || Arrays.stream(parts).anyMatch(String::isEmpty)) {
            return NAMESPACE + "." + escapeSimpleName(name);
        }
        String last = parts[parts.length - 1];
        String namespace =
                Arrays.stream(parts, 0, parts.length - 1).map(AvroNames::escape).collect(Collectors.joining("."));
        return namespace + "." + escapeSimpleName(last);
    }

    private static String escapeSimpleName(String name) {
        if (RESERVED.contains(name)) {
            return "_u" + HEX.toHexDigits(name.charAt(0)) + name.substring(1);
        }
        return name.isEmpty() ? "Struct" : escape(name);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
