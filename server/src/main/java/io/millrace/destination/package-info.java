/**
 * Destinations: systems into which topics are written.
 *
 * <p>What they share with sources is in {@code io.millrace.connector}. A destination is one sink connector; it reads the
 * topics that the pipelines into it bring together ({@link io.millrace.destination.Inflow}), and follows when one of them
 * changes. A destination without a pipeline runs and reads nothing.
 *
 * <p>A {@link io.millrace.destination.DestinationType} turns the configuration of a client into that of a sink. A new
 * destination is one such class, named where {@link io.millrace.destination.Destinations} are wired, and a plugin folder:
 *
 * <pre>{@code
 * final class RedisSink implements DestinationType {
 *     public String code() { return "redis"; }
 *     public Map<String, String> properties(ConnectorId id, ConfigValues config) {
 *         return Map.of("connector.class", "io.millrace.connect.sinks.redis.RedisSinkConnector",
 *                       "redis.uri", config.text("redis.uri").orElseThrow());
 *     }
 * }
 * }</pre>
 */
@NullMarked
package io.millrace.destination;

import org.jspecify.annotations.NullMarked;
