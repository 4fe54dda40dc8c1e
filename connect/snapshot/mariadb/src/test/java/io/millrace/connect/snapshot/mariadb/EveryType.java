package io.millrace.connect.snapshot.mariadb;

import io.millrace.testkit.MariaDbDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table with a column of every type that Debezium documents for MariaDB, and rows with values that have met bugs
 * somewhere.
 */
final class EveryType {
    static final String TABLE = "every_type";

    static final String ENUM = "enum('sad','it''s ok','a,b')";

    /** Column types, each with values as SQL; null is added to all of them. */
    private static final Map<String, List<String>> TYPES = types();

    /** Defaults are part of the schema. */
    private static final List<String> WITH_DEFAULT = List.of(
            "required varchar(20) NOT NULL DEFAULT 'none'",
            "optional varchar(20) DEFAULT 'some'",
            "flag boolean NOT NULL DEFAULT true",
            "small smallint NOT NULL DEFAULT 7",
            "large bigint NOT NULL DEFAULT 9223372036854775807",
            "ratio double NOT NULL DEFAULT 0.5",
            "amount decimal(8,2) NOT NULL DEFAULT 1.50",
            "born date NOT NULL DEFAULT '2026-01-15'",
            "zero_day date NOT NULL DEFAULT '0000-00-00'",
            "moment datetime(6) NOT NULL DEFAULT '2026-01-15 10:30:00.000001'",
            "seen timestamp NOT NULL DEFAULT current_timestamp",
            "state enum('sad', 'it''s ok') NOT NULL DEFAULT 'sad'",
            "tags set('a', 'b') NOT NULL DEFAULT 'a,b'",
            "raw varbinary(10) NOT NULL DEFAULT ''",
            "bits bit(3) NOT NULL DEFAULT b'101'",
            "made int AS (id * 2) STORED",
            "made_up int AS (id * 3) VIRTUAL",
            "serial bigint unsigned NOT NULL AUTO_INCREMENT UNIQUE");

    private static Map<String, List<String>> types() {
        Map<String, List<String>> types = new LinkedHashMap<>();
        types.put("boolean", List.of("true", "false"));
        types.put("tinyint", List.of("-128", "127"));
        types.put("tinyint unsigned", List.of("255", "0"));
        types.put("tinyint(1)", List.of("1", "7"));
        types.put("smallint", List.of("-32768", "32767"));
        types.put("smallint unsigned", List.of("65535", "0"));
        types.put("mediumint", List.of("-8388608", "8388607"));
        types.put("mediumint unsigned", List.of("16777215"));
        types.put("int", List.of("-2147483648", "2147483647"));
        types.put("int unsigned", List.of("4294967295", "0"));
        types.put("int(6) unsigned zerofill", List.of("42"));
        types.put("bigint", List.of("-9223372036854775808", "9223372036854775807"));
        types.put("bigint unsigned", List.of("18446744073709551615", "0"));
        types.put("float", List.of("1.17549435e-38", "-3.4028235e38", "0.1", "16777217", "-0e0"));
        types.put("float(7,3)", List.of("1234.567", "-0.001"));
        types.put("float(30)", List.of("0.1"));
        types.put("double", List.of("2.2250738585072014e-308", "0.1", "-1.7976931348623157e308", "-0e0"));
        types.put("double(10,3)", List.of("1234567.891"));
        types.put("real", List.of("0.30000000000000004"));
        types.put("decimal(30,10)", List.of("-12345678901234567890.0123456789", "0", "1.5"));
        types.put("decimal(5,0)", List.of("-99999", "0"));
        types.put("decimal(65,30)", List.of("1e-30", "99999999999999999999999999999999999"));
        types.put("decimal(10,2) unsigned", List.of("99999999.99"));
        types.put("bit(1)", List.of("b'0'", "b'1'"));
        types.put("bit(12)", List.of("b'101010101010'", "b'000000000001'"));
        types.put("bit(64)", List.of("18446744073709551615", "1"));
        types.put("char(5)", List.of("'ab'", "'\u00e9\ud83d\ude00'", "''", "'a  '"));
        types.put("varchar(20)", List.of("'it''s \"quoted\"'", "'back\\\\slash'", "'\ud83d\ude00'", "'trail  '"));
        types.put("varchar(20) character set latin1", List.of("'caf\u00e9'", "'\u20ac'"));
        types.put("varchar(20) character set ucs2", List.of("'\u8868'"));
        types.put("char(3) character set utf8mb3 collate utf8mb3_bin", List.of("'\u8868'"));
        types.put("text", List.of("''", "concat('tab\\tline\\nreturn\\r', char(1), char(31))", "repeat('x', 5000)"));
        types.put("tinytext", List.of("'tiny'"));
        types.put("mediumtext character set latin1", List.of("'\u00fc'"));
        types.put("longtext", List.of("'long'"));
        types.put("binary(4)", List.of("x'00ff2700'", "x'01'", "x''"));
        types.put("varbinary(8)", List.of("x''", "x'00ff2700'"));
        types.put("tinyblob", List.of("x'00'"));
        types.put("blob", List.of("x'deadbeef'", "''"));
        types.put("mediumblob", List.of("x'00ff'"));
        types.put("longblob", List.of("repeat(x'ff', 3000)"));
        types.put(
                "date",
                List.of(
                        "'1970-01-01'",
                        "'1582-10-04'",
                        "'1000-01-01'",
                        "'9999-12-31'",
                        "'0000-00-00'",
                        "'2026-02-00'"));
        types.put("time", List.of("'00:00:00'", "'-838:59:59'", "'838:59:59'", "'-00:00:01'"));
        types.put("time(3)", List.of("'12:34:56.789'", "'-12:34:56.001'"));
        types.put("time(6)", List.of("'-838:59:59.999999'", "'00:00:00.000001'", "'-00:00:00.000001'"));
        types.put(
                "datetime",
                List.of("'1969-12-31 23:59:59'", "'1000-01-01 00:00:00'", "'2026-03-29 02:30:00'", "'0000-00-00'"));
        types.put("datetime(3)", List.of("'2026-01-15 10:30:00.123'"));
        types.put("datetime(6)", List.of("'9999-12-31 23:59:59.999999'", "'1582-10-10 00:00:00.000001'"));
        types.put("timestamp null", List.of("'1970-01-01 00:00:01'", "'2038-01-19 03:14:07'", "'0000-00-00'"));
        types.put("timestamp(6) null", List.of("'2026-07-01 12:00:00.5'", "'2026-07-01 12:00:00.000001'"));
        types.put("year", List.of("1901", "2155", "0000"));
        types.put(ENUM, List.of("'sad'", "3", "'it''s ok'"));
        types.put("set('a','b','c d')", List.of("'a,c d'", "''", "7"));
        types.put("json", List.of("'{\"b\": 1, \"a\": [null, \"\u00e9\"]}'", "'null'"));
        types.put("point", List.of("ST_GeomFromText('POINT(1.5 -2)')"));
        types.put("linestring", List.of("ST_GeomFromText('LINESTRING(0 0,1 1)')"));
        types.put("polygon", List.of("ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))')"));
        types.put("multipoint", List.of("ST_GeomFromText('MULTIPOINT(0 0,1 1)')"));
        types.put("multilinestring", List.of("ST_GeomFromText('MULTILINESTRING((0 0,1 1),(2 2,3 3))')"));
        types.put("multipolygon", List.of("ST_GeomFromText('MULTIPOLYGON(((0 0,1 0,1 1,0 0)))')"));
        types.put("geometrycollection", List.of("ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1))')"));
        types.put("geometry", List.of("ST_GeomFromText('POINT(1 1)', 4326)"));
        types.put("uuid", List.of("'00000000-0000-0000-0000-000000000001'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"));
        return types;
    }

    static void create(MariaDbDatabase database) {
        List<String> columns = new ArrayList<>(List.of("id int", "`Part \u00e9` varchar(36) DEFAULT 'p'"));
        int number = 0;
        for (String type : TYPES.keySet()) {
            columns.add("c" + number++ + " " + type);
        }
        columns.addAll(WITH_DEFAULT);
        execute(
                database,
                "CREATE TABLE " + TABLE + " (" + String.join(", ", columns) + ", PRIMARY KEY (`Part \u00e9`, id))");
    }

    static int rows() {
        return TYPES.values().stream().mapToInt(List::size).max().orElseThrow() + 1;
    }

    /** Inserts a row of nulls, and rows that have the n-th value of each type. */
    static void insert(MariaDbDatabase database) {
        List<String> statements = new ArrayList<>(List.of("INSERT INTO " + TABLE + " (id) VALUES (0)"));
        for (int row = 0; row < rows() - 1; row++) {
            List<String> values = new ArrayList<>(List.of(String.valueOf(row + 1)));
            List<String> names = new ArrayList<>(List.of("id"));
            int number = 0;
            for (List<String> samples : TYPES.values()) {
                names.add("c" + number++);
                values.add(samples.get(row % samples.size()));
            }
            statements.add("INSERT INTO " + TABLE + " (" + String.join(", ", names) + ") VALUES ("
                    + String.join(", ", values) + ")");
        }
        execute(database, statements.toArray(String[]::new));
    }

    /** Runs statements in a session that takes days that there are none of. */
    static void execute(MariaDbDatabase database, String... statements) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET sql_mode = '', time_zone = '+00:00'");
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a column's type, or its name where that says the type. */
    static String type(String column) {
        return column.matches("c\\d+")
                ? List.copyOf(TYPES.keySet()).get(Integer.parseInt(column.substring(1)))
                : column;
    }

    /** Returns the column of a type. */
    static String column(String type) {
        return "c" + List.copyOf(TYPES.keySet()).indexOf(type);
    }

    private EveryType() {}
}
