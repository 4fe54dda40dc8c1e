package io.millrace.database.duckdb;

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

/** Tables of DuckDB as texts. Texts are ordered by their bytes in UTF-8, and moments are written in UTC. */
public final class DuckDbTables implements TableSql {
    private static final String LIST = "[]";
    private static final Set<String> WHOLE = Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT");
    private static final Map<String, Plain> KINDS = Map.ofEntries(
            Map.entry("BOOLEAN", Plain.BOOLEAN),
            Map.entry("TINYINT", Plain.NUMBER),
            Map.entry("SMALLINT", Plain.NUMBER),
            Map.entry("INTEGER", Plain.NUMBER),
            Map.entry("BIGINT", Plain.NUMBER),
            Map.entry("HUGEINT", Plain.NUMBER),
            Map.entry("UTINYINT", Plain.NUMBER),
            Map.entry("USMALLINT", Plain.NUMBER),
            Map.entry("UINTEGER", Plain.NUMBER),
            Map.entry("UBIGINT", Plain.NUMBER),
            Map.entry("DECIMAL", Plain.NUMBER),
            Map.entry("FLOAT", Plain.FLOAT32),
            Map.entry("DOUBLE", Plain.FLOAT64),
            Map.entry("VARCHAR", Plain.TEXT),
            Map.entry("BLOB", Plain.BYTES),
            Map.entry("DATE", Plain.DATE),
            Map.entry("TIME", Plain.TIME),
            Map.entry("TIME WITH TIME ZONE", Plain.TIME_ZONED),
            Map.entry("TIMESTAMP", Plain.TIMESTAMP),
            Map.entry("TIMESTAMP WITH TIME ZONE", Plain.INSTANT),
            Map.entry("UUID", Plain.UUID),
            Map.entry("JSON", Plain.JSON));

    private static final String COLUMNS =
            """
            SELECT column_name, data_type FROM duckdb_columns()
            WHERE database_name = current_database() AND schema_name = ? AND table_name = ? ORDER BY column_index
            """;

    private final String catalog;
    private final String prefix;

    /** @param catalog name of the database; without it, a schema of the same name could be meant */
    public DuckDbTables(String catalog) {
        this(catalog, ROWS + ".");
    }

    private DuckDbTables(String catalog, String prefix) {
        this.catalog = catalog;
        this.prefix = prefix;
    }

    /** Makes sessions write what is expected of them, and take no more memory than the destination does itself. */
    public static void prepare(Connection session) throws SQLException {
        execute(session, "SET TimeZone = 'UTC'");
        execute(session, "SET memory_limit = '1GB'");
    }

    @Override
    public void begin(Connection session) throws SQLException {
        execute(session, "BEGIN TRANSACTION READ ONLY");
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
                COLUMNS,
                row -> new ComparedColumn(row.getString(1), row.getString(2), kind(row.getString(2))),
                table.schema(),
                table.table());
    }

    private static Optional<ValueKind> kind(String declared) {
        if (declared.endsWith(LIST)) {
            return Optional.ofNullable(KINDS.get(bare(declared)))
                    .filter(kind -> kind != Plain.BYTES)
                    .map(ValueKind.Array::new);
        }
        return Optional.ofNullable(KINDS.get(bare(declared)));
    }

    private static String bare(String declared) {
        return declared.replace(LIST, "").replaceFirst("\\(.*", "");
    }

    @Override
    public String quote(TableName table) {
        return quote(catalog) + "." + quote(table.schema()) + "." + quote(table.table());
    }

    @Override
    public String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public String deletion(TableName table) {
        return "DELETE FROM " + quote(table) + " AS " + ROWS;
    }

    @Override
    public String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public TableSql alone() {
        return new DuckDbTables(catalog, "");
    }

    private String named(ComparedColumn column) {
        return prefix + quote(column.name());
    }

    @Override
    public String text(ComparedColumn column) {
        String name = named(column);
        if (column.declared().endsWith(LIST)) {
            String lists = column.declared().substring(column.declared().indexOf(LIST));
            return "CAST(to_json(CAST(" + name + " AS VARCHAR" + lists + ")) AS VARCHAR)";
        }
        return column.declared().equals("BLOB") ? "hex(" + name + ")" : "CAST(" + name + " AS VARCHAR)";
    }

    @Override
    public String ordered(ComparedColumn column) {
        return isText(column) ? "CAST(" + named(column) + " AS VARCHAR)" : named(column);
    }

    @Override
    public String bound(ComparedColumn column) {
        return isText(column) ? "?" : value(column);
    }

    @Override
    public String searched(ComparedColumn column) {
        return named(column);
    }

    @Override
    public String sought(ComparedColumn column) {
        return value(column);
    }

    private static String value(ComparedColumn column) {
        String type = column.declared();
        if (type.equals("BLOB")) {
            return "unhex(?)";
        }
        return "CAST(? AS " + (WHOLE.contains(type) ? "BIGINT" : type) + ")";
    }

    private static boolean isText(ComparedColumn column) {
        return column.kind().filter(kind -> kind.ordersLike(Plain.TEXT)).isPresent();
    }

    @Override
    public String parameter(ComparedColumn column, String text) {
        Optional<ValueKind> kind = column.kind();
        if (kind.filter(one -> one == Plain.BOOLEAN || one == Plain.NUMBER).isPresent()) {
            return kind.get().canonical(text);
        }
        // A year before the first is marked behind its day here, and behind all of it elsewhere.
        return text.replaceFirst("^(\\d+-\\d\\d-\\d\\d)(.*) BC$", "$1 (BC)$2");
    }

    @Override
    public PreparedStatement streaming(Connection session, String sql) throws SQLException {
        return session.prepareStatement(sql);
    }
}
