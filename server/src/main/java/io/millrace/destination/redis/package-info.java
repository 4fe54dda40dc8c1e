/**
 * Writing to Redis: what each key of the connector {@code redis} does. {@link io.millrace.destination.redis.RedisSink} has
 * the properties, {@link io.millrace.destination.redis.RedisTalk} says the few words that a look at the server takes.
 */
@NullMarked
package io.millrace.destination.redis;

import org.jspecify.annotations.NullMarked;
