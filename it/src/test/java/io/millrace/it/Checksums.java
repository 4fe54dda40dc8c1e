package io.millrace.it;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rows of a table by their key, each as one checksum over all of its columns. PostgreSQL, MariaDB and DuckDB
 * compute the same one for the same row.
 */
record Checksums(Map<String, String> rows) {
    private static final String NOTHING = "~";

    Checksums {
        rows = Map.copyOf(rows);
    }

    /** Returns a query whose rows {@link #of} takes. */
    static String query(String table, List<String> key, List<String> columns) {
        return "SELECT concat(" + String.join(", ' ', ", key) + "), md5(concat("
                + columns.stream()
                        .map(column -> "CASE WHEN " + column + " IS NULL THEN '" + NOTHING + "' ELSE concat(" + column
                                + ") END")
                        .collect(Collectors.joining(", '|', "))
                + ")) FROM " + table;
    }

    /** Takes rows of a key and a checksum; a key that comes twice equals no row at all. */
    static Checksums of(List<List<String>> rows) {
        return new Checksums(rows.stream()
                .collect(
                        Collectors.toMap(row -> row.get(0), row -> row.get(1), (one, other) -> one + " and " + other)));
    }

    /** Returns the key and the checksum of a row whose values are text; a value that is missing is null. */
    static List<String> row(Map<String, String> values, List<String> key, List<String> columns) {
        String name = joined(values, key, " ");
        String text = joined(values, columns, "|");
        try {
            byte[] sum = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return List.of(name, HexFormat.of().formatHex(sum));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String joined(Map<String, String> values, List<String> columns, String with) {
        return columns.stream()
                .map(column -> values.getOrDefault(column, NOTHING))
                .collect(Collectors.joining(with));
    }

    /** Returns what a copy has differently, a line for each row. */
    List<String> differencesOf(String name, Checksums copy) {
        Set<String> keys = new TreeSet<>(rows.keySet());
        keys.addAll(copy.rows.keySet());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            Optional<String> expected = Optional.ofNullable(rows.get(key));
            Optional<String> found = Optional.ofNullable(copy.rows.get(key));
            if (!expected.equals(found)) {
                differences.add(name + ": row " + key + " is " + found.orElse("missing") + ", in the source "
                        + expected.orElse("it does not exist"));
            }
        }
        return differences;
    }
}
