/**
 * The documents that cross between the server and the tasks, and the topics that carry them.
 *
 * <p>Nothing is ever commanded. The server writes what <em>should</em> run ({@link
 * io.millrace.control.DesiredSnapshot}) to a compacted topic, keyed by source; a task reads it from the start whenever
 * it starts, so a lost, doubled or late command cannot exist. The task answers with {@link
 * io.millrace.control.TopicProgress} records that go through the same producer, and the same transaction, as the rows
 * they speak of: who reads <em>cancelled</em> there (read committed) has seen every row that will ever come.
 *
 * <p>A stop of one of two tables, for example, is revision 8 of the source's document with {@code intent=STOP} on that
 * table; its confirmation is a progress record of that table with {@code state=CANCELLED} and {@code revision=8}.
 */
@NullMarked
package io.millrace.control;

import org.jspecify.annotations.NullMarked;
