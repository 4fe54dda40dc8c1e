/**
 * The snapshot engine for PostgreSQL 14 and later: Debezium's connector with the engine around its task.
 *
 * <p>{@link io.millrace.connect.snapshot.postgresql.PostgresSourceConnector} and its task delegate every call to
 * Debezium's. Rows are read as the text that the server would put into its log, and converted by the very functions that
 * decode the log, with schemas built from the catalogue that the read itself saw; so a row that was read and a row that
 * was streamed look the same, whatever their types.
 *
 * <p>The marker behind a read is a message in the log, {@code pg_logical_emit_message}: nothing is written to a table,
 * and no right is needed beyond those of the stream.
 */
@NullMarked
package io.millrace.connect.snapshot.postgresql;

import org.jspecify.annotations.NullMarked;
