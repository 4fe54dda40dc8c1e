/**
 * PostgreSQL 14 to 18, by plain JDBC.
 *
 * <p>A session comes from {@link io.millrace.database.postgresql.PostgresSessions}, which says in words why there is none.
 * On it the other classes answer one question each: what is there ({@link
 * io.millrace.database.postgresql.PostgresCatalogue}), which key orders a snapshot ({@link
 * io.millrace.database.SnapshotKeys}), how much there is to read ({@link
 * io.millrace.database.postgresql.TableStatistics}), whether a filter is sound ({@link
 * io.millrace.database.postgresql.FilterCheck}), and how the log is handed out ({@link
 * io.millrace.database.postgresql.ReplicationSlots}, {@link io.millrace.database.postgresql.Publications}). {@link
 * io.millrace.database.postgresql.PostgresValidation} asks all of it before a source is made. For example
 *
 * <pre>{@code
 * try (Connection session = new PostgresSessions().open(address)) {
 *     TableName orders = new TableName("public", "orders");
 *     new FilterCheck(session).refusal(orders, "total > 100"); // empty: the database takes it
 *     new TableStatistics(session).rowsMatching(orders, "total > 100"); // 1,204 rows, exact
 * }
 * }</pre>
 *
 * <p>Everything that only reads does so in a read-only transaction with a time limit, which it rolls back. None of the
 * classes is thread-safe: a session serves one thread. Names reach SQL as parameters or through {@link
 * io.millrace.database.postgresql.Identifiers}; the one text of a client's that is SQL itself, the filter, must have
 * passed the {@code FilterCheck} first.
 */
@NullMarked
package io.millrace.database.postgresql;

import org.jspecify.annotations.NullMarked;
