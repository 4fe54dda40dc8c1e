/**
 * What the server and the snapshot engine need to know of a database, whatever its product: where it is, which key orders
 * the chunks of a table, how many rows to expect, what stands in the way of capturing it.
 *
 * <p>The types here are plain values; one package per product fills them by plain JDBC. Nothing here knows Kafka or
 * Debezium, so that the same answers can be had in the server (to validate) and inside a worker (to read).
 */
@NullMarked
package io.millrace.database;

import org.jspecify.annotations.NullMarked;
