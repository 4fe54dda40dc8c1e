package io.millrace.connect.snapshot.postgresql;

import io.millrace.testkit.PostgresDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table with a column of every type that Debezium documents for PostgreSQL, and rows with values that have met bugs
 * somewhere. Those of PostGIS and pgvector are in {@link ExtensionTypesTest}. A domain over an enum is left out:
 * Debezium takes each of its values for a new one and reads the table's schema anew for every row.
 */
final class EveryType {
    static final String TABLE = "every_type";

    /** A column that the log does not carry. */
    static final String GENERATED = "made";

    /** Column types, each with values that have met bugs somewhere; null is added to all of them. */
    private static final Map<String, List<String>> TYPES = types();

    /** Defaults are part of the schema. */
    private static final List<String> WITH_DEFAULT = List.of(
            "required text NOT NULL DEFAULT 'none'",
            "optional text DEFAULT 'some'",
            "flag boolean NOT NULL DEFAULT true",
            "small smallint NOT NULL DEFAULT 7",
            "large bigint NOT NULL DEFAULT 9223372036854775807",
            "ratio double precision NOT NULL DEFAULT 0.5",
            "amount numeric(8,2) NOT NULL DEFAULT 1.50",
            "born date NOT NULL DEFAULT '2026-01-15'",
            "at timestamp NOT NULL DEFAULT '2026-01-15 10:30:00'",
            "seen timestamptz NOT NULL DEFAULT now()",
            "state mood NOT NULL DEFAULT 'sad'",
            "facts jsonb NOT NULL DEFAULT '{}'",
            "tags text[] NOT NULL DEFAULT '{}'",
            "raw bytea NOT NULL DEFAULT ''",
            "bits bit(3) NOT NULL DEFAULT B'101'",
            "serial bigserial");

    private static Map<String, List<String>> types() {
        Map<String, List<String>> types = new LinkedHashMap<>();
        types.put("boolean", List.of("true", "false"));
        types.put("smallint", List.of("-32768", "32767"));
        types.put("integer", List.of("-2147483648", "2147483647"));
        types.put("bigint", List.of("-9223372036854775808", "9223372036854775807"));
        types.put("oid", List.of("0", "4294967295"));
        types.put("real", List.of("1.17549435e-38", "-3.4028235e38", "0.1", "-0", "NaN", "Infinity", "-Infinity"));
        types.put("double precision", List.of("2.2250738585072014e-308", "0.1", "-0", "NaN", "Infinity", "-Infinity"));
        types.put("numeric(30,10)", List.of("-12345678901234567890.0123456789", "0", "1.5", "NaN"));
        types.put("numeric(5,0)", List.of("-99999", "0"));
        types.put("numeric", List.of("123456789012345678901234567890.123456789", "-0.1", "1000", "NaN"));
        types.put("money", List.of("-92233720368547758.08", "0.01"));
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
                        "1582-10-04",
                        "1500-03-01",
                        "0001-01-01",
                        "0044-03-15 BC",
                        "99999-12-31",
                        "infinity",
                        "-infinity"));
        types.put("time", List.of("00:00:00", "23:59:59.999999", "24:00:00"));
        types.put("time(3)", List.of("12:34:56.789"));
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
        types.put("timestamp(0)", List.of("2026-01-15 10:30:00"));
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
        types.put("macaddr8", List.of("08:00:2b:01:02:03:04:05"));
        types.put("mood", List.of("sad", "it's ok"));
        types.put("positive", List.of("7"));
        types.put("short_text", List.of("abc"));
        types.put("point", List.of("(1.5,-2)", "(0,0)"));
        types.put("box", List.of("(3,4),(1,2)"));
        types.put("circle", List.of("<(1,2),3>"));
        types.put("line", List.of("{1,2,3}"));
        types.put("lseg", List.of("[(1,2),(3,4)]"));
        types.put("path", List.of("((1,2),(3,4))"));
        types.put("polygon", List.of("((1,2),(3,4),(5,6))"));
        types.put("int4range", List.of("[1,10)", "empty"));
        types.put("int8range", List.of("[1,10)"));
        types.put("numrange", List.of("[1.5,2.5]", "(,3)"));
        types.put("tsrange", List.of("[2026-01-01 00:00:00,2026-01-02 00:00:00)"));
        types.put("tstzrange", List.of("[2026-01-01 00:00:00+00,)"));
        types.put("daterange", List.of("[2026-01-01,2026-02-01)"));
        types.put("tsvector", List.of("'a':1 'fat':2"));
        types.put("hstore", List.of("\"a\"=>\"1\", \"b\"=>NULL", ""));
        types.put("citext", List.of("MiXeD"));
        types.put("ltree", List.of("Top.Science.Astronomy"));
        types.put("isbn", List.of("978-0-393-04002-9"));
        types.put("pair", List.of("(1,\"a b\")"));
        types.put("smallint[]", List.of("{1,-2,NULL}", "{}"));
        types.put("integer[]", List.of("{1,NULL,3}"));
        types.put("bigint[]", List.of("{9223372036854775807}"));
        types.put("real[]", List.of("{0.1,NULL}"));
        types.put("double precision[]", List.of("{0.1,1e300}"));
        types.put("numeric(10,2)[]", List.of("{1.10,-99999999.99,NULL}"));
        types.put("text[]", List.of("{a,\"b,c\",NULL,\"NULL\",\"q\\\"q\"}", "{}"));
        types.put("varchar(10)[]", List.of("{abc}"));
        types.put("boolean[]", List.of("{t,f,NULL}"));
        types.put("uuid[]", List.of("{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}"));
        types.put("date[]", List.of("{2026-01-01,1500-03-01}"));
        types.put("timestamp[]", List.of("{\"2026-01-01 10:00:00.123456\"}"));
        types.put("timestamptz[]", List.of("{\"2026-01-01 10:00:00+02\"}"));
        types.put("jsonb[]", List.of("{\"{\\\"a\\\": 1}\"}"));
        types.put("inet[]", List.of("{10.0.0.1}"));
        types.put("mood[]", List.of("{sad,NULL}"));
        types.put("citext[]", List.of("{MiX}"));
        types.put("oid[]", List.of("{0,4294967295}"));
        types.put("numeric[]", List.of("{1.5,-2}"));
        types.put("money[]", List.of("{0.01}"));
        types.put("char(3)[]", List.of("{ab}"));
        types.put("bytea[]", List.of("{\"\\\\x00ff\"}"));
        types.put("time[]", List.of("{12:34:56.123456}"));
        types.put("timetz[]", List.of("{12:34:56+02}"));
        types.put("interval[]", List.of("{1 day}"));
        types.put("json[]", List.of("{\"{\\\"a\\\": 1}\"}"));
        types.put("xml[]", List.of("{<a/>}"));
        types.put("bit(3)[]", List.of("{101}"));
        types.put("cidr[]", List.of("{10.0.0.0/8}"));
        types.put("macaddr[]", List.of("{08:00:2b:01:02:03}"));
        types.put("point[]", List.of("{\"(1,2)\"}"));
        types.put("int4range[]", List.of("{\"[1,10)\"}"));
        types.put("tstzrange[]", List.of("{\"[2026-01-01 00:00:00+00,)\"}"));
        types.put("hstore[]", List.of("{\"\\\"a\\\"=>\\\"1\\\"\"}"));
        types.put("ltree[]", List.of("{Top.Science}"));
        types.put("positive[]", List.of("{7}"));
        types.put("pair[]", List.of("{\"(1,a)\"}"));
        types.put("integer[][]", List.of("{{1,2},{3,4}}"));
        types.put("decimal(12,4)", List.of("12345678.0001"));
        types.put("character varying", List.of("no bound"));
        types.put("\"char\"", List.of("x"));
        types.put("timestamptz(3)", List.of("2026-01-15 10:30:00.123+00"));
        types.put("timetz(3)", List.of("12:34:56.789+02"));
        types.put("time(0)", List.of("12:34:56"));
        types.put("interval day to second", List.of("3 days 04:05:06"));
        types.put("bit varying", List.of("101"));
        types.put("very_positive", List.of("8"));
        types.put("price", List.of("9.99"));
        types.put("labels", List.of("{a,b}"));
        return types;
    }

    static void create(PostgresDatabase database) {
        database.execute(
                "CREATE EXTENSION hstore",
                "CREATE EXTENSION citext",
                "CREATE EXTENSION ltree",
                "CREATE EXTENSION isn",
                "CREATE TYPE mood AS ENUM ('sad', 'it''s ok')",
                "CREATE DOMAIN positive AS integer CHECK (value > 0)",
                "CREATE DOMAIN short_text AS varchar(10) DEFAULT 'd'",
                "CREATE TYPE pair AS (a int, b text)",
                "CREATE DOMAIN very_positive AS positive CHECK (value > 5)",
                "CREATE DOMAIN price AS numeric(8,2)",
                "CREATE DOMAIN labels AS text[]");
        List<String> columns = new ArrayList<>(List.of("id int", "\"Part \u00e9\" uuid DEFAULT gen_random_uuid()"));
        int number = 0;
        for (String type : TYPES.keySet()) {
            columns.add("c" + number++ + " " + type);
        }
        columns.addAll(WITH_DEFAULT);
        columns.add(GENERATED + " int GENERATED ALWAYS AS (id * 2) STORED");
        database.execute(
                "CREATE TABLE " + TABLE + " (" + String.join(", ", columns) + ", PRIMARY KEY (\"Part \u00e9\", id))");
    }

    static int rows() {
        return TYPES.values().stream().mapToInt(List::size).max().orElseThrow();
    }

    /** Inserts a row of nulls, and rows that have the n-th value of each type. */
    static void insert(PostgresDatabase database) {
        database.execute("INSERT INTO " + TABLE + " (id) VALUES (0)");
        for (int row = 0; row < rows(); row++) {
            List<String> values = new ArrayList<>(List.of(String.valueOf(row + 1)));
            List<String> names = new ArrayList<>(List.of("id"));
            int number = 0;
            for (List<String> samples : TYPES.values()) {
                names.add("c" + number++);
                values.add("'" + samples.get(row % samples.size()).replace("'", "''") + "'");
            }
            database.execute("INSERT INTO " + TABLE + " (" + String.join(", ", names) + ") VALUES ("
                    + String.join(", ", values) + ")");
        }
    }

    /** Returns a column's type, or its name where that says the type. */
    static String type(String column) {
        return column.matches("c\\d+")
                ? List.copyOf(TYPES.keySet()).get(Integer.parseInt(column.substring(1)))
                : column;
    }

    private EveryType() {}
}
