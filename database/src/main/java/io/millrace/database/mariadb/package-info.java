/**
 * MariaDB, and MySQL by the same protocol, by plain JDBC.
 *
 * <p>A session comes from {@link io.millrace.database.mariadb.MariaDbSessions}, which says in words why there is none. It
 * spans all databases of the server: a {@link io.millrace.control.TableName} has a database where other products have a
 * schema. {@link io.millrace.database.mariadb.ReachedMariaDb} answers what has to be known of tables before a snapshot,
 * {@link io.millrace.database.mariadb.MariaDbValidation} asks everything before a source is made. For example
 *
 * <pre>{@code
 * try (Connection session = new MariaDbSessions().open(address)) {
 *     TableName orders = new TableName("shop", "orders");
 *     new FilterCheck(session).refusal(orders, "total > 100"); // empty: the database takes it
 *     new TableStatistics(session).rows(orders, Optional.of("total > 100")); // 1,204 rows, exact
 * }
 * }</pre>
 *
 * <p>What only reads does so in a read-only transaction with a time limit. MySQL differs in a few names and variables; where
 * it does, {@link io.millrace.database.mariadb.Product} says so, and none of that was verified against a MySQL server.
 */
@NullMarked
package io.millrace.database.mariadb;

import org.jspecify.annotations.NullMarked;
