package io.millrace.connect.sinks.clickhouse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.clickhouse.ClickHouseSettings.Naming;
import io.millrace.connect.sinks.row.Column;
import io.millrace.connect.sinks.row.RowShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables of the database, as far as rows came for them. Used by one thread. */
final class Tables {
    static final String VERSION = "_version";
    static final String IS_DELETED = "is_deleted";

    private static final JsonFactory JSON = new JsonFactory();

    private final ClickHouse server;
    private final ClickHouseSettings settings;
    private final Map<String, Table> known = new HashMap<>();

    Tables(ClickHouse server, ClickHouseSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    /** A table: its columns with their types, and the forms of rows that it was seen to hold. */
    private record Table(Map<String, String> columns, Map<RowShape, Boolean> fitting) {}

    /** Returns the name of a table as it stands in SQL. */
    String quoted(String table) {
        return naming().quoted(naming().prefix() + table);
    }

    /**
     * Returns the types of the columns of a table, after it was made or changed to hold rows of a form.
     *
     * @param keys names of the columns of the key
     * @throws RefusedException when it does not hold them, and may or can not be changed
     */
    Map<String, String> holding(Change change, RowShape shape, Set<String> keys)
            throws RefusedException, ClickHouseException {
        String name = change.table();
        Table table = known.get(name);
        if (table == null) {
            table = new Table(columns(name), new IdentityHashMap<>());
            if (table.columns().isEmpty()) {
                create(change, shape, keys);
                table = new Table(columns(name), new IdentityHashMap<>());
            }
            known.put(name, table);
        }
        if (!table.fitting().containsKey(shape)) {
            if (follow(change, table, shape, keys)) {
                table = new Table(columns(name), new IdentityHashMap<>());
                known.put(name, table);
            }
            table.fitting().put(shape, true);
        }
        return table.columns();
    }

    /** Returns whether a table is there. */
    boolean has(String table) throws ClickHouseException {
        return known.containsKey(table) || !columns(table).isEmpty();
    }

    /** Looks at all tables again, after one of them may have changed. */
    void forget() {
        known.clear();
    }

    private void create(Change change, RowShape shape, Set<String> keys) throws RefusedException, ClickHouseException {
        if (!settings.mode().evolving()) {
            throw new RefusedException(
                    change,
                    "The table " + quoted(change.table()) + " is missing; make it, or set schema.evolution to basic");
        }
        List<String> columns = new ArrayList<>();
        for (Column column : shape.columns()) {
            columns.add(naming().quoted(column.name()) + " "
                    + ColumnTypes.of(
                            column,
                            keys.contains(column.name()),
                            settings.mode().json()));
        }
        String order = "(" + keys.stream().map(naming()::quoted).collect(Collectors.joining(", ")) + ")";
        String engine = "MergeTree ORDER BY " + (keys.isEmpty() ? "tuple()" : order);
        if (settings.mode().upsert()) {
            columns.add(VERSION + " UInt64");
            columns.add(IS_DELETED + " UInt8");
            engine = "ReplacingMergeTree(" + VERSION + ", " + IS_DELETED + ") ORDER BY " + order;
        }
        server.ask("CREATE TABLE IF NOT EXISTS " + quoted(change.table()) + " (" + String.join(", ", columns)
                + ") ENGINE = " + engine);
    }

    /** Changes a table so that it holds rows of a form; returns whether that was needed. */
    private boolean follow(Change change, Table table, RowShape shape, Set<String> keys)
            throws RefusedException, ClickHouseException {
        List<String> changes = new ArrayList<>();
        if (settings.mode().upsert() && !table.columns().containsKey(VERSION)) {
            throw new RefusedException(
                    change,
                    "The table " + quoted(change.table()) + " has no column " + VERSION
                            + ", so it cannot keep one row for each key; rename it, and a right one is made");
        }
        for (Column column : shape.columns()) {
            boolean isKey = keys.contains(column.name());
            String wanted = ColumnTypes.of(column, isKey, settings.mode().json());
            String found = table.columns().get(column.name());
            if (found == null) {
                changes.add("ADD COLUMN IF NOT EXISTS " + naming().quoted(column.name()) + " " + wanted);
                continue;
            }
            ColumnTypes.Change widened = ColumnTypes.widened(found, wanted, isKey);
            if (!widened.possible()) {
                throw new RefusedException(
                        change,
                        "The column " + column.name() + " of " + quoted(change.table()) + " is " + found
                                + " and cannot come to hold " + wanted);
            }
            widened.to().ifPresent(type -> changes.add("MODIFY COLUMN " + naming().quoted(column.name()) + " " + type));
        }
        if (changes.isEmpty()) {
            return false;
        }
        if (!settings.mode().evolving()) {
            throw new RefusedException(
                    change,
                    "The table " + quoted(change.table()) + " does not hold the row; change it ("
                            + String.join(", ", changes) + "), or set schema.evolution to basic");
        }
        server.ask("ALTER TABLE " + quoted(change.table()) + " " + String.join(", ", changes));
        return true;
    }

    private Map<String, String> columns(String table) throws ClickHouseException {
        String answer = server.ask("SELECT name, type FROM system.columns WHERE database = "
                + Untold.literal(settings.database()) + " AND table = " + Untold.literal(naming().prefix() + table)
                + " ORDER BY position FORMAT JSONCompactEachRow");
        Map<String, String> columns = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(answer)) {
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                String name = parser.nextTextValue();
                columns.put(name, parser.nextTextValue());
                parser.nextToken();
            }
        } catch (IOException e) {
            throw new ClickHouseException("ClickHouse answered with something else than its columns", e);
        }
        return columns;
    }

    private Naming naming() {
        return settings.naming();
    }
}
