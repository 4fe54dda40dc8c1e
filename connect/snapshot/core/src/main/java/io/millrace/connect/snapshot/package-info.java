/**
 * The snapshot engine: reads the rows that a table already has and puts them into the stream of its changes, so that
 * whoever replays the topic ends with the table.
 *
 * <p>A source task streams; this package wraps it and adds snapshot rows to what its {@code poll()} returns. Both share
 * one thread, one producer and one order, which is what makes the following sufficient. A table is read in chunks by
 * key range, and each chunk is a {@linkplain io.millrace.connect.snapshot.Chunk window} in the stream (the idea of
 * DBLog, Andreakis and Papapanagiotou 2020, at the task instead of in the log):
 *
 * <ol>
 *   <li>the window opens: from now on the task notes the key of every change of the table that it hands on;
 *   <li>a reader with a connection of its own reads the chunk in one consistent view, and makes sure that the view
 *       holds everything that was streamed before the window opened ({@link
 *       io.millrace.connect.snapshot.StreamedTransactions});
 *   <li>it writes a marker into the database's log, behind the read;
 *   <li>when the marker comes out of the stream, rows whose key was noted are dropped, for the stream had something
 *       newer, and the rest goes out in the marker's place.
 * </ol>
 *
 * <p>Say the chunk {@code id 1..3} is read while {@code update 2} runs. The stream brings <em>update 2</em>, marker,
 * <em>delete 3</em>; what leaves the task is <em>update 2</em>, <em>read 1</em>, <em>read 3</em>, <em>delete 3</em>.
 *
 * <p>The invariants, cited by code and tests: <b>S1</b> no row in the range is missing; <b>S2</b> per key, the topic
 * never goes back in time; <b>S3</b> a deleted row never comes back; <b>S4</b> the rows counted are the rows delivered;
 * <b>S5</b> progress never falls, and completed means complete; <b>S6</b> a stop, pause or kill at any moment loses
 * nothing and its intent survives every restart; <b>S7</b> a stop needs no cooperation of the stream.
 *
 * <p>What should run is desired state, read from a topic ({@link io.millrace.connect.snapshot.DesiredStates}); how far
 * a table is stands in the source offsets and in progress records, which commit together with the rows. Nothing here
 * knows a database: {@link io.millrace.connect.snapshot.SnapshotDatabase} is the port, with one module per product.
 */
@NullMarked
package io.millrace.connect.snapshot;

import org.jspecify.annotations.NullMarked;
