package io.millrace.connect.snapshot.binlog;

import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the server says about one table. */
final class TableCatalogue {
    private static final Set<String> TABLES = Set.of("BASE TABLE", "SYSTEM VERSIONED");

    private static final Pattern COUNTER = Pattern.compile(" AUTO_INCREMENT=\\d+");

    private final ReaderSession session;
    private final TableName table;

    TableCatalogue(ReaderSession session, TableName table) {
        this.session = session;
        this.table = table;
    }

    /** The columns that order chunks, and whether no two rows have the same values in them. */
    record Key(KeyOrder order, boolean unique) {}

    /**
     * Returns the columns that order the chunks: the surrogate key, made unique by the primary key where there is one;
     * else the primary key; else a unique one, preferably without nulls.
     */
    Key key(Optional<String> surrogateKey) throws SQLException, TableUnreadableException {
        return find(surrogateKey)
                .orElseThrow(() -> new TableUnreadableException("Table " + table
                        + " has neither a primary key nor a unique index. Add one, or name a surrogate key."));
    }

    /** Returns whether a key tells all rows apart. */
    boolean hasUniqueKey() throws SQLException, TableUnreadableException {
        return find(Optional.empty()).filter(Key::unique).isPresent();
    }

    private Optional<Key> find(Optional<String> surrogateKey) throws SQLException, TableUnreadableException {
        Map<String, KeyColumn> columns = columns();
        List<String> unique = uniqueKey();
        List<String> names = new ArrayList<>();
        surrogateKey.ifPresent(names::add);
        unique.stream().filter(name -> !names.contains(name)).forEach(names::add);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<KeyColumn> key = new ArrayList<>();
        for (String name : names) {
            KeyColumn column = columns.get(name);
            if (column == null) {
                throw new TableUnreadableException(
                        "Table " + table + " has no column '" + name + "'. Name another surrogate key.");
            }
            key.add(column);
        }
        boolean isUnique = !unique.isEmpty()
                && unique.stream().noneMatch(name -> columns.get(name).nullable());
        return Optional.of(new Key(new KeyOrder(key), isUnique));
    }

    private Map<String, KeyColumn> columns() throws SQLException, TableUnreadableException {
        Map<String, KeyColumn> columns = session.query(
                "SELECT COLUMN_NAME, DATA_TYPE, IS_NULLABLE FROM information_schema.COLUMNS" + ofTable()
                        + " ORDER BY ORDINAL_POSITION",
                result -> {
                    Map<String, KeyColumn> found = new LinkedHashMap<>();
                    while (result.next()) {
                        String name = result.getString(1);
                        found.put(name, KeyColumn.of(name, result.getString(2), "YES".equals(result.getString(3))));
                    }
                    return found;
                });
        if (columns.isEmpty()) {
            throw missing(table);
        }
        return columns;
    }

    static TableUnreadableException missing(TableName table) {
        return new TableUnreadableException("Table " + table + " does not exist, or the user of the source may not"
                + " read it. Take it out of the source, create it, or grant SELECT.");
    }

    /** An index over a part of a column does not tell rows apart by the values that are seen here. */
    private List<String> uniqueKey() throws SQLException {
        return session.query(
                "SELECT COLUMN_NAME, INDEX_NAME, SEQ_IN_INDEX FROM information_schema.STATISTICS s" + ofTable()
                        + " AND NON_UNIQUE = 0 AND INDEX_NAME = (SELECT INDEX_NAME FROM information_schema.STATISTICS"
                        + ofTable() + " AND NON_UNIQUE = 0 GROUP BY INDEX_NAME"
                        + " HAVING COUNT(SUB_PART) = 0 AND COUNT(*) = COUNT(COLUMN_NAME)"
                        + " ORDER BY INDEX_NAME = 'PRIMARY' DESC, MAX(NULLABLE), COUNT(*), INDEX_NAME LIMIT 1)"
                        + " ORDER BY SEQ_IN_INDEX",
                result -> {
                    List<String> names = new ArrayList<>();
                    while (result.next()) {
                        names.add(result.getString(1));
                    }
                    return names;
                });
    }

    /** Returns the bytes of an average row by the server's statistics. */
    Optional<Long> averageRowBytes() throws SQLException {
        return session.query(
                "SELECT AVG_ROW_LENGTH FROM information_schema.TABLES" + ofTable() + " AND AVG_ROW_LENGTH > 0",
                result -> result.next() ? Optional.of(result.getLong(1)) : Optional.<Long>empty());
    }

    /**
     * Returns whether the table's engine keeps to snapshots; one that does not has rows from after them.
     *
     * @throws TableUnreadableException when it is no table but a view, say
     */
    boolean keepsToSnapshots() throws SQLException, TableUnreadableException {
        List<String> kind = session.query(
                "SELECT TABLE_TYPE, (SELECT TRANSACTIONS FROM information_schema.ENGINES e WHERE e.ENGINE = t.ENGINE)"
                        + " FROM information_schema.TABLES t" + ofTable(),
                result -> result.next()
                        ? List.of(result.getString(1), String.valueOf(result.getString(2)))
                        : List.<String>of());
        if (kind.isEmpty()) {
            throw missing(table);
        }
        if (!TABLES.contains(kind.get(0))) {
            throw new TableUnreadableException(table + " is a " + kind.get(0).toLowerCase(Locale.ROOT)
                    + ", which has no rows of its own. Take it out of the source.");
        }
        return kind.get(1).equals("YES");
    }

    /** Returns the statement that makes the table as it is, without what changes with its rows. */
    String definition() throws SQLException {
        String statement = session.query("SHOW CREATE TABLE " + Sql.quoted(table), result -> {
            result.next();
            return result.getString(2);
        });
        return COUNTER.matcher(statement).replaceFirst("");
    }

    private String ofTable() {
        return " WHERE TABLE_SCHEMA = " + Sql.literal(table.schema()) + " AND TABLE_NAME = "
                + Sql.literal(table.table());
    }
}
