package io.millrace.connect.snapshot.binlog;

import java.util.function.LongPredicate;

/**
 * What a consistent snapshot of the database holds.
 *
 * @param sees whether it holds the changes of a transaction, by the number that {@link Dialect#transaction} gives
 * @param end a place in the log behind everything that it holds
 */
public record LogView(LongPredicate sees, Place end) {}
