package io.millrace.database.mariadb;

import io.millrace.control.TableName;
import io.millrace.database.Catalogue;
import io.millrace.database.Column;
import io.millrace.database.Rows;
import io.millrace.database.UniqueKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is on the server: base tables, their columns and keys. Names are exact. The catalogue shows a user only what the
 * user may use in some way; a table that it hides counts as existing, so that the missing right can be named.
 */
public final class MariaDbCatalogue implements Catalogue {
    private static final Set<String> TABLES = Set.of("BASE TABLE", "SYSTEM VERSIONED");

    /** Types whose values have no order, or are sorted by their beginnings only. */
    private static final Set<String> UNORDERED = Set.of(
            "tinytext",
            "text",
            "mediumtext",
            "longtext",
            "tinyblob",
            "blob",
            "mediumblob",
            "longblob",
            "json",
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geometrycollection");

    private final Connection session;

    public MariaDbCatalogue(Connection session) {
        this.session = session;
    }

    /** Returns those of the tables that the user can see. */
    public List<TableName> visible(Collection<TableName> wanted) throws SQLException {
        List<TableName> seen = new ArrayList<>();
        for (TableName table : wanted) {
            if (type(table).filter(TABLES::contains).isPresent()) {
                seen.add(table);
            }
        }
        return seen;
    }

    @Override
    public boolean exists(TableName table) throws SQLException {
        Optional<String> type = type(table);
        return type.isPresent() ? TABLES.contains(type.get()) : isHidden(table);
    }

    /** Returns whether the server refuses the user without saying whether there is such a table. */
    private boolean isHidden(TableName table) throws SQLException {
        try {
            Rows.first(session, "SELECT 1 FROM " + Identifiers.quote(table) + " LIMIT 0", row -> true);
            return false;
        } catch (SQLException e) {
            if (Codes.NOT_PERMITTED.contains(e.getErrorCode())) {
                return true;
            }
            if (e.getErrorCode() == Codes.NO_SUCH_TABLE || e.getErrorCode() == Codes.UNKNOWN_DATABASE) {
                return false;
            }
            throw e;
        }
    }

    private Optional<String> type(TableName table) throws SQLException {
        return Rows.all(
                        session,
                        "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES"
                                + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?",
                        row -> Map.entry(new TableName(row.getString(1), row.getString(2)), row.getString(3)),
                        table.schema(),
                        table.table())
                .stream()
                .filter(found -> found.getKey().equals(table))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Returns the storage engine of a table. */
    public Optional<String> engine(TableName table) throws SQLException {
        return Rows.first(
                session,
                "SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?",
                row -> String.valueOf(row.getString(1)),
                table.schema(),
                table.table());
    }

    /** Returns whether the engine of a table reads in consistent snapshots. */
    boolean keepsToSnapshots(TableName table) throws SQLException {
        return Rows.first(
                        session,
                        "SELECT TRANSACTIONS FROM information_schema.TABLES JOIN information_schema.ENGINES USING (ENGINE)"
                                + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?",
                        row -> "YES".equals(row.getString(1)),
                        table.schema(),
                        table.table())
                .orElse(false);
    }

    @Override
    public List<Column> columns(TableName table) throws SQLException {
        return Rows.all(
                session,
                "SELECT COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE FROM information_schema.COLUMNS"
                        + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION",
                row -> new Column(
                        row.getString(1), row.getString(2), row.getString(3).equals("YES")),
                table.schema(),
                table.table());
    }

    @Override
    public List<UniqueKey> uniqueKeys(TableName table) throws SQLException {
        return indexes(table).values().stream()
                .filter(index -> index.unique() && index.ordersWholeColumns())
                .map(index -> new UniqueKey(index.name(), index.columns(), index.isPrimary(), index.nullable()))
                .sorted(Comparator.comparing((UniqueKey key) -> !key.primary())
                        .thenComparing(UniqueKey::nullable)
                        .thenComparing(key -> key.columns().size())
                        .thenComparing(UniqueKey::index))
                .toList();
    }

    @Override
    public boolean isOrdered(TableName table, String column) throws SQLException {
        return columns(table).stream()
                .filter(found -> found.name().equals(column))
                .noneMatch(found -> UNORDERED.contains(found.type().replaceFirst("[( ].*", "")));
    }

    @Override
    public String whenNullsAreRead() {
        return "first";
    }

    @Override
    public boolean isIndexed(TableName table, String column) throws SQLException {
        return indexOver(table, List.of(column)).isPresent();
    }

    /** Returns an index that gives the rows of a table in the order of these columns. */
    public Optional<String> indexOver(TableName table, List<String> columns) throws SQLException {
        Map<String, Index> indexes = indexes(table);
        List<String> primary = Optional.ofNullable(indexes.get(Index.PRIMARY))
                .map(Index::columns)
                .orElse(List.of());
        // every index of InnoDB goes on with the columns of the primary key
        boolean continued = engine(table).filter("InnoDB"::equalsIgnoreCase).isPresent();
        return indexes.values().stream()
                .filter(Index::ordersWholeColumns)
                .filter(index -> isPrefix(columns, continued ? index.followedBy(primary) : index.columns()))
                .map(Index::name)
                .findFirst();
    }

    private static boolean isPrefix(List<String> columns, List<String> of) {
        return columns.size() <= of.size() && of.subList(0, columns.size()).equals(columns);
    }

    /** Returns the indexes by name, the primary key first. */
    private Map<String, Index> indexes(TableName table) throws SQLException {
        Map<String, Index> indexes = new LinkedHashMap<>();
        Rows.all(
                        session,
                        "SELECT INDEX_NAME, NON_UNIQUE = 0, COLUMN_NAME, NULLABLE, SUB_PART, INDEX_TYPE"
                                + " FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
                                + " ORDER BY INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX",
                        row -> new Index(
                                row.getString(1),
                                row.getBoolean(2),
                                // an index over an expression has no column
                                List.of(Optional.ofNullable(row.getString(3)).orElse("")),
                                "YES".equals(row.getString(4)),
                                row.getString(3) != null
                                        && row.getString(5) == null
                                        && "BTREE".equals(row.getString(6))),
                        table.schema(),
                        table.table())
                .forEach(part -> indexes.merge(part.name(), part, Index::and));
        return indexes;
    }
}
