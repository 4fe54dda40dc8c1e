package io.millrace.database.postgresql;

import io.millrace.control.TableName;
import io.millrace.database.Rows;
import io.millrace.database.compare.ComparedColumn;
import io.millrace.database.compare.TableSql;
import io.millrace.database.compare.ValueKind;
import io.millrace.database.compare.ValueKind.Plain;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tables of PostgreSQL as texts. Texts are ordered by their bytes, whatever the collation. */
public final class PostgresTables implements TableSql {
    private static final int ROWS_AT_A_TIME = 2_000;
    private static final Set<String> WHOLE = Set.of("smallint", "integer", "bigint");

    /** Texts that are compared with a text as they are. */
    private static final Set<String> INDEXED = Set.of("text", "character varying");

    private static final Map<String, Plain> KINDS = Map.ofEntries(
            Map.entry("boolean", Plain.BOOLEAN),
            Map.entry("smallint", Plain.NUMBER),
            Map.entry("integer", Plain.NUMBER),
            Map.entry("bigint", Plain.NUMBER),
            Map.entry("oid", Plain.NUMBER),
            Map.entry("numeric", Plain.NUMBER),
            Map.entry("money", Plain.NUMBER),
            Map.entry("real", Plain.FLOAT32),
            Map.entry("double precision", Plain.FLOAT64),
            Map.entry("text", Plain.TEXT),
            Map.entry("character varying", Plain.TEXT),
            Map.entry("citext", Plain.TEXT),
            Map.entry("character", Plain.PADDED),
            Map.entry("bytea", Plain.BYTES),
            Map.entry("bit", Plain.BITS),
            Map.entry("bit varying", Plain.BITS),
            Map.entry("date", Plain.DATE),
            Map.entry("time without time zone", Plain.TIME),
            Map.entry("time with time zone", Plain.TIME_ZONED),
            Map.entry("timestamp without time zone", Plain.TIMESTAMP),
            Map.entry("timestamp with time zone", Plain.INSTANT),
            Map.entry("interval", Plain.INTERVAL),
            Map.entry("uuid", Plain.UUID),
            Map.entry("json", Plain.JSON),
            Map.entry("jsonb", Plain.JSON),
            Map.entry("xml", Plain.TEXT),
            Map.entry("inet", Plain.NETWORK),
            Map.entry("cidr", Plain.TEXT),
            Map.entry("macaddr", Plain.TEXT),
            Map.entry("macaddr8", Plain.TEXT),
            Map.entry("tsvector", Plain.TEXT),
            Map.entry("tsquery", Plain.TEXT),
            Map.entry("ltree", Plain.TEXT),
            Map.entry("name", Plain.TEXT));

    private static final String COLUMNS =
            """
            SELECT a.attname, pg_catalog.format_type(t.oid, CASE WHEN d.typtype = 'd' THEN d.typtypmod ELSE a.atttypmod END),
                   t.typtype
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type d ON d.oid = a.atttypid
            JOIN pg_catalog.pg_type t ON t.oid = CASE WHEN d.typtype = 'd' THEN d.typbasetype ELSE d.oid END
            WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """
                    .formatted(TableOid.SQL);

    private final String prefix;

    /** Makes one for queries of its own. */
    public PostgresTables() {
        this(ROWS + ".");
    }

    private PostgresTables(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public void begin(Connection session) throws SQLException {
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            statement.execute("SET LOCAL TIME ZONE 'UTC'");
            statement.execute("SET LOCAL DateStyle = 'ISO, YMD'");
            statement.execute("SET LOCAL IntervalStyle = 'iso_8601'");
            statement.execute("SET LOCAL extra_float_digits = 1");
            statement.execute("SET LOCAL statement_timeout = 0");
        }
    }

    @Override
    public void end(Connection session) throws SQLException {
        if (!session.isClosed()) {
            session.rollback();
            session.setAutoCommit(true);
        }
    }

    @Override
    public List<ComparedColumn> columns(Connection session, TableName table) throws SQLException {
        return Rows.all(
                session,
                COLUMNS,
                row -> new ComparedColumn(row.getString(1), row.getString(2), kind(row.getString(2), row.getString(3))),
                table.schema(),
                table.table());
    }

    private static Optional<ValueKind> kind(String declared, String category) {
        if (declared.endsWith("[]")) {
            // Bytes in arrays have another form in each product; nothing tells which one it is.
            Optional<Plain> element =
                    plain(declared.substring(0, declared.length() - 2), "b").filter(kind -> kind != Plain.BYTES);
            return element.map(ValueKind.Array::new);
        }
        if (declared.equals("bit(1)")) {
            return Optional.of(Plain.BOOLEAN);
        }
        return plain(declared, category).map(kind -> kind);
    }

    private static Optional<Plain> plain(String declared, String category) {
        // Enumerations and ranges come as the texts that they are written as.
        return category.equals("e") || category.equals("r") || category.equals("m")
                ? Optional.of(Plain.TEXT)
                : Optional.ofNullable(KINDS.get(bare(declared)));
    }

    private static String bare(String declared) {
        return declared.replaceFirst("\\(\\d+(,-?\\d+)?\\)", "");
    }

    @Override
    public String quote(TableName table) {
        return Identifiers.quote(table);
    }

    @Override
    public String quote(String name) {
        return Identifiers.quote(name);
    }

    @Override
    public String deletion(TableName table) {
        return "DELETE FROM " + quote(table) + " AS " + ROWS;
    }

    @Override
    public String literal(String text) {
        String quoted = text.replace("'", "''");
        return text.indexOf('\\') < 0 ? "'" + quoted + "'" : "E'" + quoted.replace("\\", "\\\\") + "'";
    }

    @Override
    public TableSql alone() {
        return new PostgresTables("");
    }

    /** In a query of its own a bare name could mean what is selected instead of the column. */
    private String named(ComparedColumn column) {
        return prefix + quote(column.name());
    }

    @Override
    public String text(ComparedColumn column) {
        String name = named(column);
        if (column.declared().endsWith("[]")) {
            return "to_json(" + name + "::text[])::text";
        }
        return switch (bare(column.declared())) {
            case "bytea" -> "encode(" + name + ", 'hex')";
            case "money" -> name + "::numeric::text";
            default -> name + "::text";
        };
    }

    @Override
    public String ordered(ComparedColumn column) {
        String name = named(column);
        if (column.kind().filter(Plain.PADDED::equals).isPresent()) {
            return "rtrim(" + name + "::text, ' ') COLLATE \"C\"";
        }
        return isText(column) ? name + "::text COLLATE \"C\"" : name;
    }

    @Override
    public String bound(ComparedColumn column) {
        if (column.kind().filter(Plain.PADDED::equals).isPresent()) {
            return "rtrim(CAST(? AS text), ' ')";
        }
        return isText(column) ? "CAST(? AS text)" : value(column);
    }

    /** By the collation of the column, whose index then serves. */
    @Override
    public String searched(ComparedColumn column) {
        return isText(column) && !INDEXED.contains(bare(column.declared())) ? ordered(column) : named(column);
    }

    @Override
    public String sought(ComparedColumn column) {
        return isText(column) ? bound(column) : value(column);
    }

    private static String value(ComparedColumn column) {
        String type = bare(column.declared());
        return switch (type) {
            case "bytea" -> "decode(?, 'hex')";
            case "boolean" -> "CAST(CAST(? AS integer) AS boolean)";
            default -> "CAST(? AS " + (WHOLE.contains(type) ? "bigint" : type) + ")";
        };
    }

    /** An uuid is ordered like its text. */
    private static boolean isText(ComparedColumn column) {
        return !bare(column.declared()).equals("uuid")
                && column.kind().filter(kind -> kind.ordersLike(Plain.TEXT)).isPresent();
    }

    @Override
    public String parameter(ComparedColumn column, String text) {
        return column.kind()
                .filter(kind -> kind == Plain.BOOLEAN || kind == Plain.NUMBER)
                .map(kind -> kind.canonical(text))
                .orElse(text);
    }

    @Override
    public PreparedStatement streaming(Connection session, String sql) throws SQLException {
        PreparedStatement statement = session.prepareStatement(sql);
        statement.setFetchSize(ROWS_AT_A_TIME);
        return statement;
    }
}
