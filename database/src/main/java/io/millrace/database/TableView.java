package io.millrace.database;

import java.util.List;

/**
 * A consistent view of rows of a table, of which the keys were read.
 *
 * @param key columns of the primary key
 * @param rows how many rows were seen
 * @param transactions what the view holds
 * @param position place in the log behind everything that the view holds, in the database's own words
 */
public record TableView(List<KeyColumn> key, long rows, TransactionView transactions, String position) {
    public TableView {
        key = List.copyOf(key);
    }
}
