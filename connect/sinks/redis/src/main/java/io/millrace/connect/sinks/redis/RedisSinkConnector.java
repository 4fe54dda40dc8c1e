package io.millrace.connect.sinks.redis;

import io.millrace.connect.sinks.DestinationConnector;

/** Writes rows into Redis. */
public final class RedisSinkConnector extends DestinationConnector {
    /** For Connect. */
    public RedisSinkConnector() {
        super(RedisSinkTask.class, RedisSettings.DEFINITION);
    }
}
