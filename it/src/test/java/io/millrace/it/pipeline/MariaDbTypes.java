package io.millrace.it.pipeline;

import io.millrace.testkit.MariaDbDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A table with a column of every type of MariaDB that is captured, and what is to be read of it in each destination. */
final class MariaDbTypes {
    static final String TABLE = "every_type";

    /** How texts of the products for one value are told to be equal. */
    private enum Form {
        TEXT,
        NUMBER,
        SINGLE,
        DOUBLE,
        CLOCK,
        BINARY
    }

    /**
     * A value.
     *
     * @param sql as it is inserted
     * @param read as text; null for none
     */
    private record Sample(String sql, String read) {}

    /**
     * A type.
     *
     * @param natural what a column of it becomes in PostgreSQL, MariaDB and DuckDB
     */
    private record Type(String declared, Form form, List<String> natural, List<Sample> samples) {}

    private static final List<Type> TYPES = types();

    private MariaDbTypes() {}

    private static Type type(String declared, Form form, String natural, String... samples) {
        List<Sample> values = new ArrayList<>();
        for (String sample : samples) {
            String[] parts = sample.split(" => ", 2);
            values.add(new Sample(parts[0], parts.length > 1 ? parts[1] : parts[0].replaceAll("^'|'$", "")));
        }
        return new Type(declared, form, List.of(natural.split(" \\| ")), values);
    }

    private static List<Type> types() {
        List<Type> types = new ArrayList<>();
        String small = "smallint | smallint(6) | SMALLINT";
        String integer = "integer | int(11) | INTEGER";
        String big = "bigint | bigint(20) | BIGINT";
        String text = "text | longtext | VARCHAR";
        String bytes = "bytea | longblob | BLOB";
        String moment = "timestamp without time zone | datetime(6) | TIMESTAMP";
        String zoned = "timestamp with time zone | datetime(6) | TIMESTAMP WITH TIME ZONE";
        types.add(type("boolean", Form.NUMBER, small, "true => 1", "false => 0"));
        types.add(type("tinyint", Form.NUMBER, small, "-128", "127"));
        types.add(type("tinyint unsigned", Form.NUMBER, small, "255", "0"));
        types.add(type("smallint", Form.NUMBER, small, "-32768", "32767"));
        types.add(type("smallint unsigned", Form.NUMBER, integer, "65535", "0"));
        types.add(type("mediumint", Form.NUMBER, integer, "-8388608", "8388607"));
        types.add(type("mediumint unsigned", Form.NUMBER, integer, "16777215"));
        types.add(type("int", Form.NUMBER, integer, "-2147483648", "2147483647"));
        types.add(type("int unsigned", Form.NUMBER, big, "4294967295", "0"));
        types.add(type("int(6) unsigned zerofill", Form.NUMBER, big, "42"));
        types.add(type("bigint", Form.NUMBER, big, "-9223372036854775808", "9223372036854775807"));
        types.add(type(
                "bigint unsigned",
                Form.NUMBER,
                "numeric(20,0) | decimal(20,0) | DECIMAL(20,0)",
                "18446744073709551615",
                "9223372036854775808",
                "0"));
        types.add(type(
                "float",
                Form.SINGLE,
                "real | float | FLOAT",
                "1.17549435e-38",
                "-3.4028235e38",
                "0.1",
                "16777217",
                "-0e0"));
        types.add(type("float(7,3)", Form.SINGLE, "double precision | double | DOUBLE", "1234.567", "-0.001"));
        types.add(type(
                "double",
                Form.DOUBLE,
                "double precision | double | DOUBLE",
                "2.2250738585072014e-308",
                "0.1",
                "-1.7976931348623157e308",
                "-0e0"));
        types.add(type("double(10,3)", Form.DOUBLE, "double precision | double | DOUBLE", "1234567.891"));
        types.add(type(
                "decimal(30,10)",
                Form.NUMBER,
                "numeric(30,10) | decimal(30,10) | DECIMAL(30,10)",
                "-12345678901234567890.0123456789",
                "0",
                "1.5"));
        types.add(type("decimal(5,0)", Form.NUMBER, "numeric(5,0) | decimal(5,0) | DECIMAL(5,0)", "-99999", "0"));
        types.add(type(
                "decimal(65,30)",
                Form.NUMBER,
                "numeric | longtext | VARCHAR",
                "0.000000000000000000000000000001",
                "99999999999999999999999999999999999"));
        types.add(type(
                "decimal(10,2) unsigned", Form.NUMBER, "numeric(10,2) | decimal(10,2) | DECIMAL(10,2)", "99999999.99"));
        types.add(type("bit(1)", Form.NUMBER, "boolean | tinyint(1) | BOOLEAN", "b'0' => 0", "b'1' => 1"));
        types.add(type(
                "bit(12)",
                Form.TEXT,
                "bit varying | longtext | VARCHAR",
                "b'101010101010' => 101010101010",
                "b'000000000001' => 000000000001"));
        types.add(type("char(5)", Form.TEXT, text, "'ab'", "'\u00e9\ud83d\ude00'", "''"));
        types.add(type(
                "varchar(20)",
                Form.TEXT,
                text,
                "'it''s \"quoted\"' => it's \"quoted\"",
                "'back\\\\slash' => back\\slash"));
        types.add(type("varchar(20) character set latin1", Form.TEXT, text, "'caf\u00e9'", "'\u20ac'"));
        types.add(type(
                "text", Form.TEXT, text, "concat('tab\\tline\\nreturn\\r', char(1)) => tab\tline\nreturn\r\u0001"));
        types.add(type("binary(4)", Form.BINARY, bytes, "x'00ff2700' => 00ff2700", "x'01' => 01000000"));
        types.add(type("varbinary(8)", Form.BINARY, bytes, "x'' => ", "x'00ff2700' => 00ff2700"));
        types.add(type("longblob", Form.BINARY, bytes, "x'deadbeef' => deadbeef"));
        types.add(type(
                "date",
                Form.TEXT,
                "date | date | DATE",
                "'1970-01-01'",
                "'1582-10-04'",
                "'1000-01-01'",
                "'9999-12-31'",
                "'0000-00-00' => null",
                "'2026-02-00' => null"));
        types.add(type("time", Form.CLOCK, "time without time zone | time(6) | TIME", "'00:00:00'", "'23:59:59'"));
        types.add(type(
                "time(6)",
                Form.CLOCK,
                "time without time zone | time(6) | TIME",
                "'00:00:00.000001'",
                "'12:34:56.789'"));
        types.add(type(
                "datetime",
                Form.CLOCK,
                moment,
                "'1969-12-31 23:59:59'",
                "'1000-01-01 00:00:00'",
                "'2026-03-29 02:30:00'",
                "'0000-00-00' => null"));
        types.add(type("datetime(3)", Form.CLOCK, moment, "'2026-01-15 10:30:00.123'"));
        types.add(type(
                "datetime(6)", Form.CLOCK, moment, "'9999-12-31 23:59:59.999999'", "'1582-10-10 00:00:00.000001'"));
        types.add(type("timestamp null", Form.CLOCK, zoned, "'1970-01-01 00:00:01'", "'2038-01-19 03:14:07'"));
        types.add(type(
                "timestamp(6) null", Form.CLOCK, zoned, "'2026-07-01 12:00:00.5'", "'2026-07-01 12:00:00.000001'"));
        types.add(type("year", Form.NUMBER, integer, "1901", "2155"));
        types.add(type("enum('sad','it''s ok')", Form.TEXT, text, "'sad'", "2 => it's ok"));
        types.add(type("set('a','b','c d')", Form.TEXT, text, "'a,c d'", "''", "7 => a,b,c d"));
        types.add(type("json", Form.TEXT, text, "'{\"b\": 1, \"a\": [null, \"\u00e9\"]}'", "'null'"));
        types.add(
                type(
                        "point",
                        Form.TEXT,
                        "json | longtext | JSON",
                        "ST_GeomFromText('POINT(1.5 -2)') => {\"x\":1.5,\"y\":-2.0,\"wkb\":\"AQEAAAAAAAAAAAD4PwAAAAAAAADA\",\"srid\":null}"));
        types.add(type("uuid", Form.TEXT, "uuid | char(36) | UUID", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"));
        return types;
    }

    /** Makes the table, with a row for each value and one of nulls. */
    static void fill(MariaDbDatabase database) {
        List<String> columns = new ArrayList<>(List.of("id int PRIMARY KEY"));
        IntStream.range(0, TYPES.size())
                .forEach(i -> columns.add("c" + i + " " + TYPES.get(i).declared()));
        List<String> statements = new ArrayList<>(List.of(
                "SET sql_mode = '', time_zone = '+00:00'",
                "CREATE TABLE every_type (" + String.join(", ", columns) + ")"));
        for (int row = 0; row < rows(); row++) {
            List<String> values = new ArrayList<>(List.of(String.valueOf(row)));
            for (Type type : TYPES) {
                values.add(row < type.samples().size() ? type.samples().get(row).sql() : "NULL");
            }
            statements.add("INSERT INTO every_type VALUES (" + String.join(", ", values) + ")");
        }
        database.execute(statements.toArray(String[]::new));
    }

    static int rows() {
        return 1 + TYPES.stream().mapToInt(type -> type.samples().size()).max().orElseThrow();
    }

    /** Inserts all rows once more, under other keys. */
    static void insertAgain(MariaDbDatabase database) {
        String columns = String.join(
                ", ", IntStream.range(0, TYPES.size()).mapToObj(i -> "c" + i).toList());
        database.execute(
                "SET sql_mode = ''", "INSERT INTO every_type SELECT id + 100, " + columns + " FROM every_type");
    }

    /** A copy of the table. */
    interface Copy {
        /** Returns the place of its product among the natural types. */
        int product();

        /** Returns rows of a query on it, as texts. */
        List<List<String>> query(String sql);

        /** Returns the table's name, in a query. */
        String table();

        /** Returns the declared types of c0, c1, ... in their order. */
        List<String> types();

        /** Returns an expression for a column as text: bytes in small hexadecimal digits, moments in UTC. */
        String text(String type, String column);
    }

    /** Returns what a copy has differently, a line for each type. */
    static List<String> differences(Copy copy) {
        List<String> declared = copy.types();
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            Type type = TYPES.get(i);
            String found = declared.get(i);
            if (!found.equals(type.natural().get(copy.product()))) {
                differing.add(type.declared() + ": " + found + " instead of " + type.natural());
            }
            List<String> expected = new ArrayList<>();
            for (int row = 0; row < 2 * rows(); row++) {
                int sample = row % rows();
                expected.add(
                        sample < type.samples().size()
                                ? form(type.form())
                                        .apply(type.samples().get(sample).read())
                                : "null");
            }
            List<String> read =
                    copy
                            .query("SELECT " + copy.text(found, "c" + i) + " FROM " + copy.table() + " ORDER BY id")
                            .stream()
                            .map(row -> form(type.form()).apply(row.get(0)))
                            .toList();
            if (!read.equals(expected)) {
                differing.add(type.declared() + ": " + read + " instead of " + expected);
            }
        }
        return differing;
    }

    private static UnaryOperator<String> form(Form form) {
        return text -> text.equals("null") && form != Form.TEXT
                ? text
                : switch (form) {
                    case TEXT, BINARY -> text;
                    case NUMBER -> number(text);
                    case SINGLE -> String.valueOf(Float.parseFloat(text));
                    case DOUBLE -> String.valueOf(Double.parseDouble(text));
                    case CLOCK -> text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
                };
    }

    private static String number(String text) {
        return switch (text) {
            case "true" -> "1";
            case "false" -> "0";
            default -> new BigDecimal(text).stripTrailingZeros().toPlainString();
        };
    }
}
