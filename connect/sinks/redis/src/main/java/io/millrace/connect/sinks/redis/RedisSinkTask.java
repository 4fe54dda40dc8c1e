package io.millrace.connect.sinks.redis;

import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.DestinationTask;
import java.io.IOException;
import java.util.Map;

/** Writes the rows of some partitions into Redis. */
public final class RedisSinkTask extends DestinationTask {
    /** For Connect. */
    public RedisSinkTask() {}

    @Override
    protected Destination open(Map<String, String> settings) throws IOException {
        RedisSettings redis = RedisSettings.of(settings);
        RedisServerLink link = new RedisServerLink(redis);
        link.open();
        return new RedisDestination(link, Form.of(redis));
    }
}
