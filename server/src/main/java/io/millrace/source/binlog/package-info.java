/**
 * Capturing databases by their binary log: what each key of the connectors {@code mariadb} and {@code mysql} does.
 *
 * <p>Nothing is made in the database, so nothing has to be dropped there. The connector keeps the history of the tables'
 * definitions in a topic of its own ({@link io.millrace.source.binlog.BinlogCapture#historyTopic}): without it a place in
 * the log could not be read on from, because the definitions may have changed since. A {@link
 * io.millrace.source.binlog.Flavour} is what differs between the two products. MySQL is not yet verified against a server.
 */
@NullMarked
package io.millrace.source.binlog;

import org.jspecify.annotations.NullMarked;
