package io.millrace.connect.transforms;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/**
 * Columns as {@code table.column} or {@code schema.table.column}, comma-separated; {@code *} stands for any characters
 * ({@code orders.*}, {@code *.note}), {@code *} alone for every column, and {@code \,} for a comma in a name. A name that
 * no table has means nothing. What the platform adds to rows is meant only where it is named in full: a list for all
 * columns of a table must not change what says that a row was deleted.
 */
public record ColumnList(List<Item> items) {
    public ColumnList {
        items = List.copyOf(items);
    }

    /**
     * Patterns of table and column.
     *
     * @param inFull whether the column is named without a {@code *}
     */
    public record Item(Pattern table, Pattern column, boolean inFull) {
        /** Reads {@code column}, {@code table.column} or {@code schema.table.column}; the first is of every table. */
        public static Item reference(String text) {
            int dot = text.lastIndexOf('.');
            String column = dot < 1 ? text : text.substring(dot + 1);
            return new Item(pattern(dot < 1 ? "*" : text.substring(0, dot)), pattern(column), column.indexOf('*') < 0);
        }

        /** Returns whether a column of a table is one of these. */
        public boolean matches(TableNames names, String name) {
            return (inFull || !AddedColumn.isName(name))
                    && column.matcher(name).matches()
                    && names.names().stream()
                            .anyMatch(candidate -> table.matcher(candidate).matches());
        }
    }

    /** Reads a list; throws {@link ConfigException} when an item has no table or no column. */
    public static ColumnList parse(String key, String list) {
        List<Item> items = new ArrayList<>();
        for (String item : split(list)) {
            int dot = item.lastIndexOf('.');
            if (!item.equals("*") && (dot < 1 || dot == item.length() - 1)) {
                throw new ConfigException(key, list, "'" + item + "' is not of the form table.column");
            }
            items.add(Item.reference(item));
        }
        return new ColumnList(items);
    }

    /** Returns the items of a comma-separated list, without the blanks around them; {@code \,} is a comma in an item. */
    public static List<String> split(String list) {
        return Stream.of(list.split("(?<!\\\\),", -1))
                .map(item -> item.strip().replace("\\,", ","))
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Returns whether a column of a table is in the list. */
    public boolean has(TableNames table, String column) {
        return items.stream().anyMatch(item -> item.matches(table, column));
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
    }
}
