package io.millrace.database.mariadb;

import java.util.ArrayList;
import java.util.List;

/**
 * An index of a table.
 *
 * @param nullable whether one of the columns may be null
 * @param ordersWholeColumns whether it is a tree over columns, not over their beginnings, hashes or expressions
 */
record Index(String name, boolean unique, List<String> columns, boolean nullable, boolean ordersWholeColumns) {
    static final String PRIMARY = "PRIMARY";

    Index {
        columns = List.copyOf(columns);
    }

    boolean isPrimary() {
        return name.equals(PRIMARY);
    }

    /** Returns this with a further part of the same index. */
    Index and(Index next) {
        List<String> both = new ArrayList<>(columns);
        both.addAll(next.columns);
        return new Index(name, unique, both, nullable || next.nullable, ordersWholeColumns && next.ordersWholeColumns);
    }

    /** Returns the columns, and after them those of others that are not among them. */
    List<String> followedBy(List<String> others) {
        List<String> all = new ArrayList<>(columns);
        others.stream().filter(column -> !columns.contains(column)).forEach(all::add);
        return all;
    }
}
