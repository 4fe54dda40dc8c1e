package io.millrace.connect.transforms;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/**
 * Columns as {@code table.column} or {@code schema.table.column}, comma-separated; {@code *} stands for any characters
 * ({@code orders.*}, {@code *.note}), and {@code \,} for a comma in a name. A name that no table has means nothing.
 */
record ColumnList(List<Item> items) {
    ColumnList {
        items = List.copyOf(items);
    }

    /** Patterns of table and column. */
    record Item(Pattern table, Pattern column) {
        boolean matches(TableNames names, String name) {
            return column.matcher(name).matches()
                    && names.names().stream()
                            .anyMatch(candidate -> table.matcher(candidate).matches());
        }
    }

    /** Reads a list; throws {@link ConfigException} when an item has no table or no column. */
    static ColumnList parse(String key, String list) {
        List<Item> items = new ArrayList<>();
        for (String part : list.split("(?<!\\\\),", -1)) {
            String item = part.strip().replace("\\,", ",");
            if (item.isEmpty()) {
                continue;
            }
            int dot = item.lastIndexOf('.');
            if (dot < 1 || dot == item.length() - 1) {
                throw new ConfigException(key, list, "'" + item + "' is not of the form table.column");
            }
            items.add(new Item(pattern(item.substring(0, dot)), pattern(item.substring(dot + 1))));
        }
        return new ColumnList(items);
    }

    boolean has(TableNames table, String column) {
        return items.stream().anyMatch(item -> item.matches(table, column));
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
    }
}
