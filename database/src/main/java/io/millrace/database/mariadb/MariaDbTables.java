package io.millrace.database.mariadb;

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

/** Tables of MariaDB and MySQL as texts. Texts are ordered by their bytes in UTF-8, whatever the collation. */
public final class MariaDbTables implements TableSql {
    private static final int ROWS_AT_A_TIME = 2_000;
    private static final Map<String, Plain> KINDS = Map.ofEntries(
            Map.entry("tinyint", Plain.NUMBER),
            Map.entry("smallint", Plain.NUMBER),
            Map.entry("mediumint", Plain.NUMBER),
            Map.entry("int", Plain.NUMBER),
            Map.entry("bigint", Plain.NUMBER),
            Map.entry("year", Plain.NUMBER),
            Map.entry("decimal", Plain.NUMBER),
            Map.entry("float", Plain.FLOAT32),
            Map.entry("double", Plain.FLOAT64),
            Map.entry("bit", Plain.BITS),
            Map.entry("char", Plain.PADDED),
            Map.entry("varchar", Plain.TEXT),
            Map.entry("tinytext", Plain.TEXT),
            Map.entry("text", Plain.TEXT),
            Map.entry("mediumtext", Plain.TEXT),
            Map.entry("longtext", Plain.TEXT),
            Map.entry("enum", Plain.TEXT),
            Map.entry("set", Plain.TEXT),
            Map.entry("json", Plain.JSON),
            Map.entry("uuid", Plain.UUID),
            Map.entry("inet4", Plain.TEXT),
            Map.entry("inet6", Plain.TEXT),
            Map.entry("binary", Plain.BYTES),
            Map.entry("varbinary", Plain.BYTES),
            Map.entry("tinyblob", Plain.BYTES),
            Map.entry("blob", Plain.BYTES),
            Map.entry("mediumblob", Plain.BYTES),
            Map.entry("longblob", Plain.BYTES),
            Map.entry("date", Plain.DATE),
            Map.entry("time", Plain.TIME),
            Map.entry("datetime", Plain.TIMESTAMP),
            Map.entry("timestamp", Plain.INSTANT));

    private final String prefix;

    /** Makes one for queries of its own. */
    public MariaDbTables() {
        this(ROWS + ".");
    }

    private MariaDbTables(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public void begin(Connection session) throws SQLException {
        execute(session, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        execute(session, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    }

    @Override
    public void end(Connection session) throws SQLException {
        if (!session.isClosed()) {
            execute(session, "ROLLBACK");
        }
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public List<ComparedColumn> columns(Connection session, TableName table) throws SQLException {
        return Rows.all(
                session,
                "SELECT COLUMN_NAME, COLUMN_TYPE FROM information_schema.COLUMNS"
                        + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION",
                row -> new ComparedColumn(row.getString(1), row.getString(2), kind(row.getString(2))),
                table.schema(),
                table.table());
    }

    private static Optional<ValueKind> kind(String declared) {
        return declared.equals("bit(1)") ? Optional.of(Plain.BOOLEAN) : Optional.ofNullable(KINDS.get(bare(declared)));
    }

    private static String bare(String declared) {
        return declared.replaceFirst("[( ].*", "");
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
        return "DELETE " + ROWS + " FROM " + quote(table) + " AS " + ROWS;
    }

    /** As our sessions understand it, and those of the snapshot engine. */
    @Override
    public String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    @Override
    public TableSql alone() {
        return new MariaDbTables("");
    }

    /** In a query of its own a bare name could mean what is selected instead of the column. */
    private String named(ComparedColumn column) {
        return prefix + quote(column.name());
    }

    @Override
    public String text(ComparedColumn column) {
        String name = named(column);
        if (column.declared().equals("bit(1)")) {
            return "CAST(" + name + " + 0 AS CHAR)";
        }
        return switch (bare(column.declared())) {
            case "bit" -> "LPAD(BIN(" + name + " + 0), " + column.declared().replaceAll("\\D", "") + ", '0')";
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> "HEX(" + name + ")";
            // As a number of its own it is written with six digits.
            case "float" -> "CAST(" + name + " * 1e0 AS CHAR)";
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" -> name;
            default -> "CAST(" + name + " AS CHAR)";
        };
    }

    @Override
    public String ordered(ComparedColumn column) {
        String name = named(column);
        if (column.kind().filter(Plain.PADDED::equals).isPresent()) {
            return "CAST(TRIM(TRAILING ' ' FROM CONVERT(" + name + " USING utf8mb4)) AS BINARY)";
        }
        return isText(column) ? "CAST(CONVERT(" + name + " USING utf8mb4) AS BINARY)" : name;
    }

    @Override
    public String bound(ComparedColumn column) {
        return isText(column) ? "CAST(? AS BINARY)" : value(column);
    }

    /** By the collation of the column, whose index then serves. */
    @Override
    public String searched(ComparedColumn column) {
        return named(column);
    }

    @Override
    public String sought(ComparedColumn column) {
        return isText(column) ? "?" : value(column);
    }

    private static String value(ComparedColumn column) {
        return switch (bare(column.declared())) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year", "bit" ->
                column.declared().contains("unsigned") ? "CAST(? AS UNSIGNED)" : "CAST(? AS SIGNED)";
            case "decimal" -> "CAST(? AS DECIMAL(65,30))";
            case "float", "double" -> "CAST(? AS DOUBLE)";
            case "date" -> "CAST(? AS DATE)";
            case "time" -> "CAST(? AS TIME(6))";
            case "datetime", "timestamp" -> "CAST(? AS DATETIME(6))";
            default -> "UNHEX(?)";
        };
    }

    private static boolean isText(ComparedColumn column) {
        return column.kind().filter(kind -> kind.ordersLike(Plain.TEXT)).isPresent();
    }

    @Override
    public String parameter(ComparedColumn column, String text) {
        Optional<ValueKind> kind = column.kind();
        if (kind.filter(Plain.BOOLEAN::equals)
                .or(() -> kind.filter(Plain.NUMBER::equals))
                .isPresent()) {
            return kind.get().canonical(text);
        }
        if (kind.filter(Plain.PADDED::equals).isPresent()) {
            return Plain.PADDED.canonical(text);
        }
        // What another product adds for UTC is not understood everywhere.
        return kind.filter(moment -> moment.ordersLike(Plain.INSTANT)).isPresent()
                ? text.replaceFirst("\\+00(:00)?$", "")
                : text;
    }

    @Override
    public PreparedStatement streaming(Connection session, String sql) throws SQLException {
        PreparedStatement statement = session.prepareStatement(sql);
        statement.setFetchSize(ROWS_AT_A_TIME);
        return statement;
    }
}
