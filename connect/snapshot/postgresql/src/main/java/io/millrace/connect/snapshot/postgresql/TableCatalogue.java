package io.millrace.connect.snapshot.postgresql;

import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the catalogue says about one table, read in the session's present transaction. */
final class TableCatalogue {
    /** Columns and keys as one text: two reads with the same text had the same table before them. */
    private static final String FINGERPRINT =
            """
            SELECT coalesce(string_agg(concat_ws(':', a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull,
                                                 a.attgenerated), ',' ORDER BY a.attnum), '')
                || '|' || coalesce((SELECT string_agg(concat_ws(':', i.indexrelid, i.indkey, i.indisprimary), ','
                                                      ORDER BY i.indexrelid)
                                    FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique), '')
            FROM pg_attribute a
            WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped
            GROUP BY a.attrelid
            """;

    private static final String COLUMNS =
            """
            SELECT a.attname, format_type(a.atttypid, -1), a.attnotnull
            FROM pg_attribute a
            WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """;

    private static final String COLUMN_TYPES =
            """
            SELECT a.attname, a.atttypid::bigint, a.atttypmod
            FROM pg_attribute a
            WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
            """;

    private static final String UNIQUE_KEYS =
            """
            SELECT (SELECT array_agg(a.attname::text ORDER BY k.n)
                    FROM unnest(i.indkey) WITH ORDINALITY k(attnum, n)
                    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                    WHERE k.n <= i.indnkeyatts),
                   i.indisprimary
            FROM pg_index i
            WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
                AND i.indexprs IS NULL
            ORDER BY i.indisprimary DESC,
                     (SELECT bool_and(a.attnotnull) FROM pg_attribute a
                      WHERE a.attrelid = i.indrelid
                          AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])) DESC,
                     i.indnkeyatts, i.indexrelid
            LIMIT 1
            """;

    private static final String ROW_WIDTH =
            """
            SELECT relpages::bigint * current_setting('block_size')::bigint / reltuples
            FROM pg_class WHERE oid = to_regclass(?) AND reltuples > 0 AND relpages > 0
            """;

    /** A column that can be part of a key. */
    record KeyColumn(String name, String type, boolean nullable) {}

    private final ReaderSession session;
    private final TableName table;

    TableCatalogue(ReaderSession session, TableName table) {
        this.session = session;
        this.table = table;
    }

    /** Returns the name as SQL takes it. */
    static String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.table());
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** Returns the text as an SQL literal, for sessions in which a backslash is a backslash. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /**
     * Returns the columns that order the chunks: the surrogate key, made unique by the primary key where there is one;
     * else the primary key; else a unique one, preferably without nulls.
     */
    List<KeyColumn> keyColumns(Optional<String> surrogateKey) throws SQLException, TableUnreadableException {
        Map<String, KeyColumn> columns = columns();
        List<String> unique = uniqueKey();
        List<String> names = new ArrayList<>();
        surrogateKey.ifPresent(names::add);
        unique.stream().filter(name -> !names.contains(name)).forEach(names::add);
        if (names.isEmpty()) {
            throw new TableUnreadableException("Table " + table
                    + " has neither a primary key nor a unique index. Add one, or name a surrogate key.");
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
        return key;
    }

    private Map<String, KeyColumn> columns() throws SQLException, TableUnreadableException {
        Map<String, KeyColumn> columns = new LinkedHashMap<>();
        query(COLUMNS, result -> {
            KeyColumn column = new KeyColumn(result.getString(1), result.getString(2), !result.getBoolean(3));
            columns.put(column.name(), column);
        });
        if (columns.isEmpty()) {
            throw missing(table);
        }
        return columns;
    }

    static TableUnreadableException missing(TableName table) {
        return new TableUnreadableException(
                "Table " + table + " does not exist any more. Take it out of the source, or create it again.");
    }

    private List<String> uniqueKey() throws SQLException {
        List<String> names = new ArrayList<>();
        query(
                UNIQUE_KEYS,
                result ->
                        names.addAll(Arrays.asList((String[]) result.getArray(1).getArray())));
        return names;
    }

    /** Returns the types of all columns by name. */
    Map<String, StreamedTable.ColumnType> columnTypes() throws SQLException {
        Map<String, StreamedTable.ColumnType> types = new HashMap<>();
        query(
                COLUMN_TYPES,
                result -> types.put(
                        result.getString(1), new StreamedTable.ColumnType((int) result.getLong(2), result.getInt(3))));
        return types;
    }

    /** Returns the bytes of an average row as the table lies on disk. */
    Optional<Long> averageRowBytes() throws SQLException {
        List<Long> width = new ArrayList<>(1);
        query(ROW_WIDTH, result -> width.add((long) result.getDouble(1)));
        return width.stream().findFirst();
    }

    /** Returns the query for columns and keys as one text; null where the table is not there. */
    String fingerprint() {
        return FINGERPRINT.replace(":table", literal(quoted(table)));
    }

    private interface RowReader {
        void read(ResultSet result) throws SQLException;
    }

    private void query(String sql, RowReader reader) throws SQLException {
        try (PreparedStatement statement = session.jdbc().prepareStatement(sql)) {
            statement.setString(1, quoted(table));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    reader.read(result);
                }
            }
        }
    }
}
