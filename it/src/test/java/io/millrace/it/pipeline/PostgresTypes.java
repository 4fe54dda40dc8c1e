package io.millrace.it.pipeline;

import io.millrace.testkit.PostgresDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A table with a column of every type of PostgreSQL that is captured, and how its values are compared with a copy. */
final class PostgresTypes {
    static final String TABLE = "every_type";

    /** Types, each with values that have met bugs somewhere; null is added to all of them. */
    private static final Map<String, List<String>> TYPES = types();

    private PostgresTypes() {}

    private static Map<String, List<String>> types() {
        Map<String, List<String>> types = new LinkedHashMap<>();
        types.put("boolean", List.of("true", "false"));
        types.put("smallint", List.of("-32768", "32767"));
        types.put("integer", List.of("-2147483648", "2147483647"));
        types.put("bigint", List.of("-9223372036854775808", "9223372036854775807"));
        types.put("real", List.of("1.17549435e-38", "-3.4028235e38", "0.1", "-0", "NaN", "Infinity", "-Infinity"));
        types.put("double precision", List.of("2.2250738585072014e-308", "0.1", "-0", "NaN", "Infinity", "-Infinity"));
        types.put("numeric(30,10)", List.of("-12345678901234567890.0123456789", "0", "1.5"));
        types.put("numeric(5,0)", List.of("-99999", "0"));
        types.put("numeric", List.of("123456789012345678901234567890.123456789", "-0.1", "1000"));
        types.put("char(5)", List.of("ab", "\u00e9\ud83d\ude00", ""));
        types.put("varchar(20)", List.of("it's \"quoted\"", "back\\slash", "\ud83d\ude00"));
        types.put("text", List.of("", "tab\tline\nreturn\r\u0001\u001f", "\u8868\u00e9", "x".repeat(5000)));
        types.put("bytea", List.of("\\x", "\\x00ff27", "\\xdeadbeef"));
        types.put("bit(1)", List.of("0", "1"));
        types.put("bit(12)", List.of("101010101010", "000000000001"));
        types.put("bit varying(40)", List.of("1", "1010101010101010101010101010101010101010"));
        types.put(
                "date",
                List.of(
                        "1970-01-01",
                        "1500-03-01",
                        "0001-01-01",
                        "0044-03-15 BC",
                        "99999-12-31",
                        "infinity",
                        "-infinity"));
        types.put("time", List.of("00:00:00", "23:59:59.999999", "24:00:00"));
        types.put("timetz", List.of("12:34:56.123456+05:30", "00:00:00-12"));
        types.put(
                "timestamp",
                List.of(
                        "1969-12-31 23:59:59.999999",
                        "1500-01-01 00:00:00",
                        "99999-01-01 00:00:00",
                        "0044-03-15 12:00:00 BC",
                        "infinity",
                        "-infinity"));
        types.put("timestamp(3)", List.of("2026-01-15 10:30:00.123"));
        types.put(
                "timestamptz",
                List.of(
                        "1969-12-31 23:59:59.999999+00",
                        "1500-01-01 00:00:00+00",
                        "2026-07-01 12:00:00.5+02",
                        "infinity",
                        "-infinity"));
        types.put("interval", List.of("1 year 2 mons 3 days 04:05:06.789", "-1 days", "00:00:00"));
        types.put("uuid", List.of("00000000-0000-0000-0000-000000000000", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
        types.put("json", List.of("{\"b\": 1, \"a\": [null, \"\\u00e9\"]}", "null"));
        types.put("jsonb", List.of("{\"b\": 1, \"a\": [1.50, true]}", "\"text\""));
        types.put("xml", List.of("<a b=\"c\">d</a>"));
        types.put("inet", List.of("192.168.1.1/24", "::1"));
        types.put("cidr", List.of("10.0.0.0/8"));
        types.put("macaddr", List.of("08:00:2b:01:02:03"));
        types.put("mood", List.of("sad", "it's ok"));
        types.put("int4range", List.of("[1,10)", "empty"));
        types.put("tstzrange", List.of("[\"2026-01-01 00:00:00+00\",)"));
        types.put("tsvector", List.of("'a':1 'fat':2"));
        types.put("smallint[]", List.of("{1,-2,NULL}", "{}"));
        types.put("bigint[]", List.of("{9223372036854775807}"));
        types.put("double precision[]", List.of("{0.1,1e+300}"));
        types.put("numeric(10,2)[]", List.of("{1.10,-99999999.99,NULL}"));
        types.put("text[]", List.of("{a,\"b,c\",NULL,\"NULL\",\"q\\\"q\"}", "{}"));
        types.put("boolean[]", List.of("{t,f,NULL}"));
        types.put("uuid[]", List.of("{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}"));
        types.put("date[]", List.of("{2026-01-01,1500-03-01}"));
        types.put("timestamp[]", List.of("{\"2026-01-01 10:00:00.123456\"}"));
        types.put("timestamptz[]", List.of("{\"2026-01-01 10:00:00+00\"}"));
        return types;
    }

    /** Returns what another PostgreSQL has differently, a line for each type. */
    static List<String> differences(PostgresDatabase from, PostgresDatabase to, String copy) {
        List<String> differing = new ArrayList<>();
        int i = 0;
        for (String type : TYPES.keySet()) {
            String column = "c" + i++;
            List<List<String>> expected =
                    from.query("SELECT id, " + inSource(type, column) + " FROM every_type ORDER BY id");
            List<List<String>> read = to.query("SELECT id, " + asText(type, column) + " FROM " + copy + " ORDER BY id");
            if (!read.equals(expected)) {
                differing.add(type + ": " + read + " instead of " + expected);
            }
        }
        return differing;
    }

    /** Inserts all rows once more, under other keys. */
    static void insertAgain(PostgresDatabase database) {
        database.execute("INSERT INTO every_type SELECT id + 100, " + columns() + " FROM every_type");
    }

    /** Returns an expression for a value as text, in UTC whatever the zone of the session is. */
    private static String asText(String type, String column) {
        return type.endsWith("tz") ? "(" + column + " AT TIME ZONE 'UTC')::text" : column + "::text";
    }

    /** Returns the same for the source, as far as its values are told apart: Debezium tells a bit as true or false, and bits without how many of them. */
    private static String inSource(String type, String column) {
        return switch (type) {
            case "bit(1)" -> "(" + column + " = B'1')::text";
            case "bit varying(40)" -> "lpad(" + column + "::text, 40, '0')";
            case "char(5)" -> "rpad(" + column + "::text, 5)";
            case "inet" ->
                "host(" + column + ") || CASE WHEN masklen(" + column + ") IN (32, 128) THEN '' ELSE '/' || masklen("
                        + column + ") END";
            default -> asText(type, column);
        };
    }

    private static String columns() {
        return String.join(
                ", ", IntStream.range(0, TYPES.size()).mapToObj(i -> "c" + i).toList());
    }

    /** Makes the table, with a row for each value and one of nulls. */
    static void fill(PostgresDatabase database) {
        database.execute("CREATE TYPE mood AS ENUM ('sad', 'it''s ok')");
        List<String> columns = new ArrayList<>(List.of("id int PRIMARY KEY"));
        int i = 0;
        for (String type : TYPES.keySet()) {
            columns.add("c" + i++ + " " + type);
        }
        database.execute("CREATE TABLE every_type (" + String.join(", ", columns) + ")");
        int rows = TYPES.values().stream().mapToInt(List::size).max().orElse(0) + 1;
        for (int row = 0; row < rows; row++) {
            List<String> values = new ArrayList<>(List.of(String.valueOf(row)));
            for (List<String> ofType : TYPES.values()) {
                values.add(row < ofType.size() ? "'" + ofType.get(row).replace("'", "''") + "'" : "NULL");
            }
            database.execute("INSERT INTO every_type VALUES (" + String.join(", ", values) + ")");
        }
    }
}
