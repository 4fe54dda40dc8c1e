/**
 * Transformations of captured rows, for any worker of Kafka Connect.
 *
 * <p>Topics hold Debezium's envelope, so a transformation works on the rows inside it, {@code before} and {@code after},
 * and on the record key. {@code after = {id: 7, note: "hello"}} with {@code _streamkap_topic} added is an envelope that is
 * otherwise the same: operation, source and times are not touched. What carries no row (heartbeats, messages, the
 * progress of snapshots) is kept out by the predicate {@link io.millrace.connect.transforms.IsRowChange}.
 *
 * <p>A tombstone deletes the record of its key. Where a transformation changes keys, it changes those of tombstones in
 * the same way, or nothing would ever be deleted.
 *
 * <p>Schemas that were made from others are remembered, and one schema always leads to the same object: the converter
 * compiles a schema once and finds it again by its identity. Nothing here is thread-safe; a task has transformations of
 * its own.
 */
@NullMarked
package io.millrace.connect.transforms;

import org.jspecify.annotations.NullMarked;
