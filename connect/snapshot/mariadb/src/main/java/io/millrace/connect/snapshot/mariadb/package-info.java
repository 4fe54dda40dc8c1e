/**
 * The snapshot engine for MariaDB 10.5 and later: Debezium's connector with the engine around its task.
 *
 * <p>MariaDB tells of a consistent snapshot where in the binary log it lies, exactly and without a lock ({@code
 * binlog_snapshot_file} and {@code binlog_snapshot_position}): it holds the transactions before that place and no
 * others.
 */
@NullMarked
package io.millrace.connect.snapshot.mariadb;

import org.jspecify.annotations.NullMarked;
