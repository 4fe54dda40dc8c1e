/**
 * What the snapshot engines for MariaDB and MySQL share: both write their changes into a binary log, and Debezium reads
 * both logs with one code.
 *
 * <p>Nothing is written to the source. A chunk is read in a consistent snapshot, and the mark behind the read is a
 * {@linkplain io.millrace.connect.snapshot.binlog.Place place} in the log. How far the stream is, is asked of the client
 * that reads the log ({@link io.millrace.connect.snapshot.binlog.PlacedStream}), not of records: Debezium hands on
 * nothing when a transaction ends, so behind the last change of a quiet evening no record would ever come.
 *
 * <p>Say the log ends at {@code binlog.000002/800} when the rows 1 to 3 are read. The client has dealt with the event that
 * ends at 800 and what it made of it has left Debezium's queue: the rows go out. Should a transaction up to 950 be
 * handed on before the view is opened, and the view still ends at 800, then it is not visible yet, and the rows are read
 * again.
 *
 * <p>What differs between the products is a {@link io.millrace.connect.snapshot.binlog.Dialect}.
 */
@NullMarked
package io.millrace.connect.snapshot.binlog;

import org.jspecify.annotations.NullMarked;
