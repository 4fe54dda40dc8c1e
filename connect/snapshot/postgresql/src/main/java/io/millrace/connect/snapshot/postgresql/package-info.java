/**
 * The snapshot engine for PostgreSQL 14 and later: Debezium's connector with the engine around its task.
 *
 * <p>{@link io.millrace.connect.snapshot.postgresql.PostgresSourceConnector} and its task delegate every call to
 * Debezium's. Rows are read as the text that the server would put into its log, and converted by the very functions that
 * decode the log, with schemas built from the catalogue that the read itself saw; so a row that was read and a row that
 * was streamed look the same, whatever their types.
 *
 * <p>Where the connector's converters are ours and nothing stands between, a row never becomes an object: {@link
 * io.millrace.connect.snapshot.postgresql.EncodedRows} writes the line {@code 7\tada\t\N} of a COPY into the bytes of a
 * record, each column by its {@link io.millrace.connect.snapshot.postgresql.ColumnPath}. Whatever is not common goes
 * over Debezium, column by column or, as {@link io.millrace.connect.snapshot.postgresql.StructRows}, as a whole.
 *
 * <p>The marker behind a read is a message in the log, {@code pg_logical_emit_message}: nothing is written to a table,
 * and no right is needed beyond those of the stream.
 */
@NullMarked
package io.millrace.connect.snapshot.postgresql;

import org.jspecify.annotations.NullMarked;
