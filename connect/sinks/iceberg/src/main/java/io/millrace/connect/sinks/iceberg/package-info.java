/**
 * The sink of Iceberg tables.
 *
 * <p>Changes are held in memory, for each table reduced to the last state of each key, until the first of them is old enough
 * or memory is short. Then the table gets one commit: a file of rows, and one of keys whose earlier rows are gone. Readers see
 * all of a commit or nothing of it.
 *
 * <p>Positions are committed behind what is in the tables, and each snapshot says which records came with it ({@link
 * io.millrace.connect.sinks.iceberg.Delivered}). So a task that was killed between the two writes no row twice.
 *
 * <p>A row that does not tell all columns is laid over the row that is there, which is read for it. That costs a look at the
 * files that may have its key, and nothing where no row is like that.
 */
@NullMarked
package io.millrace.connect.sinks.iceberg;

import org.jspecify.annotations.NullMarked;
