/**
 * Tables of SQL databases as destinations: one sink, and a {@link io.millrace.connect.sinks.sql.Dialect} for each product.
 *
 * <p>The changes of a poll are one transaction. Those of a table are first {@linkplain
 * io.millrace.connect.sinks.sql.Reduction reduced} to the last state of each key, then the table is made to {@linkplain
 * io.millrace.connect.sinks.sql.TableEvolution fit}, then deletes and upserts go to it in bulk. So offering the same changes
 * again changes nothing, and a batch costs a few statements, however many rows it has.
 *
 * <p>A column that a row does not tell, because the source could not (an unchanged large value), is not named in the
 * statement either, and keeps its value.
 */
@NullMarked
package io.millrace.connect.sinks.sql;

import org.jspecify.annotations.NullMarked;
