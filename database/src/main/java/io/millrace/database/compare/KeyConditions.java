package io.millrace.database.compare;

import io.millrace.database.compare.ReadTable.ReadColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Conditions on the key of a table on one side, each with its parameters.
 *
 * @param key columns of the key, in its order
 */
record KeyConditions(TableSql sql, List<ComparedColumn> key) {
    KeyConditions {
        key = List.copyOf(key);
    }

    static KeyConditions of(TableSql sql, ReadTable table) {
        return new KeyConditions(
                sql, table.key().stream().map(ReadColumn::column).toList());
    }

    /**
     * A condition.
     *
     * @param text with a question mark for each parameter
     */
    record Condition(String text, List<String> parameters) {
        Condition {
            parameters = List.copyOf(parameters);
        }

        /** Returns true for rows that are in one of these. */
        static Condition any(Collection<Condition> some) {
            return joined(some, " OR ");
        }

        private static Condition joined(Collection<Condition> some, String by) {
            return new Condition(
                    some.stream().map(Condition::text).collect(Collectors.joining(by, "(", ")")),
                    some.stream().flatMap(one -> one.parameters().stream()).toList());
        }

        /** Returns the text with the parameters in it, for whoever cannot bind them. */
        String inlined(TableSql sql) {
            StringBuilder whole = new StringBuilder();
            Iterator<String> values = parameters.iterator();
            boolean inName = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"' || c == '`') {
                    inName = !inName;
                }
                whole.append(c == '?' && !inName ? sql.literal(values.next()) : String.valueOf(c));
            }
            return whole.toString();
        }
    }

    /** Returns true for rows in a range; empty if that is all of them. */
    List<Condition> within(KeyBounds bounds) {
        return Stream.concat(
                        bounds.from().map(from -> beyond(from, ">", ">=")).stream(),
                        bounds.to().map(to -> beyond(to, "<", "<")).stream())
                .toList();
    }

    /** Compares column by column; the first one stands alone too, since indexes follow that in every product. */
    private Condition beyond(List<String> bound, String strict, String last) {
        List<String> given = parameters(bound);
        List<String> parameters = new ArrayList<>();
        StringBuilder condition = new StringBuilder("(");
        if (key.size() > 1) {
            condition.append(compared(key.get(0), strict + "=")).append(" AND ");
            parameters.add(given.get(0));
        }
        for (int i = 0; i < key.size() - 1; i++) {
            condition.append('(').append(compared(key.get(i), strict)).append(" OR (");
            condition.append(compared(key.get(i), "=")).append(" AND ");
            parameters.addAll(List.of(given.get(i), given.get(i)));
        }
        condition.append(compared(key.get(key.size() - 1), last));
        parameters.add(given.get(key.size() - 1));
        return new Condition(
                condition.append("))".repeat(key.size() - 1)).append(')').toString(), parameters);
    }

    private String compared(ComparedColumn column, String operator) {
        return sql.ordered(column) + " " + operator + " " + sql.bound(column);
    }

    /** Returns true for rows that have one of these keys, and perhaps for some whose keys are equal to one in the database's eyes. */
    Condition among(Collection<List<String>> keys) {
        if (key.size() > 1) {
            String one = key.stream()
                    .map(column -> sql.searched(column) + " = " + sql.sought(column))
                    .collect(Collectors.joining(" AND ", "(", ")"));
            return Condition.any(keys.stream()
                    .map(texts -> new Condition(one, parameters(texts)))
                    .toList());
        }
        String sought = sql.sought(key.get(0));
        return new Condition(
                keys.stream()
                        .map(texts -> sought)
                        .collect(Collectors.joining(", ", sql.searched(key.get(0)) + " IN (", ")")),
                keys.stream().flatMap(texts -> parameters(texts).stream()).toList());
    }

    /** Returns true for rows that have one of these keys, and for no other. */
    Condition exactly(Collection<List<String>> keys) {
        String one = key.stream().map(column -> compared(column, "=")).collect(Collectors.joining(" AND ", "(", ")"));
        Condition exact = Condition.any(keys.stream()
                .map(texts -> new Condition(one, parameters(texts)))
                .toList());
        return Condition.joined(List.of(among(keys), exact), " AND ");
    }

    private List<String> parameters(List<String> texts) {
        return IntStream.range(0, key.size())
                .mapToObj(i -> sql.parameter(key.get(i), texts.get(i)))
                .toList();
    }
}
