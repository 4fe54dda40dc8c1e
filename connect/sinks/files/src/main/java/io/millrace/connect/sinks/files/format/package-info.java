/**
 * Rows in files: JSON Lines, JSON arrays, CSV, Avro and Parquet, each as a {@link
 * io.millrace.connect.sinks.files.format.RowFile} over a stream.
 *
 * <p>A file has {@link io.millrace.connect.sinks.files.format.Part parts} in a fixed order; a row is an array of their
 * values, as {@link io.millrace.connect.sinks.row.ColumnType} describes them. A row that a format cannot hold is refused
 * before anything of it is written ({@link io.millrace.connect.sinks.files.format.UnfitException}), so that the file goes
 * on without it.
 */
@NullMarked
package io.millrace.connect.sinks.files.format;

import org.jspecify.annotations.NullMarked;
