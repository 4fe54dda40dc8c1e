/**
 * Rows as entries of a Redis stream, as elements of a list, or as one hash for each key.
 *
 * <p>Streams and lists keep every event; hashes are the rows as they are now. {@link
 * io.millrace.connect.sinks.redis.RedisDestination} sends commands in transactions, so that a part of a batch is taken
 * whole or not at all and nothing that was taken is sent again.
 */
@NullMarked
package io.millrace.connect.sinks.redis;

import org.jspecify.annotations.NullMarked;
