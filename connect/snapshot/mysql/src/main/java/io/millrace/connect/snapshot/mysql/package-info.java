/**
 * The snapshot engine for MySQL 8 with GTIDs on: Debezium's connector with the engine around its task.
 *
 * <p>MySQL does not say where in its log a snapshot lies. It says which transactions are committed ({@code
 * gtid_executed}), and a transaction is one of them only when every snapshot that is opened afterwards sees it. So the set
 * is asked for before the snapshot is opened, and the end of the log, which is behind all of them, after it.
 *
 * <p>Not run against a MySQL server yet.
 */
@NullMarked
package io.millrace.connect.snapshot.mysql;

import org.jspecify.annotations.NullMarked;
