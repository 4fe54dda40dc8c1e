package io.millrace.it;

import io.millrace.testkit.RedisServer;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/** A hash of Redis for each row. */
record RedisCopy(RedisServer server) implements CampaignCopy {
    static RedisCopy start() {
        return new RedisCopy(RedisServer.start());
    }

    @Override
    public String code() {
        return "redis";
    }

    @Override
    public Map<String, Object> config() {
        return Map.of(
                "redis.host.user.defined",
                "127.0.0.1",
                "redis.port.user.defined",
                server.port(),
                "redis.username",
                RedisServer.USER,
                "redis.password",
                RedisServer.PASSWORD,
                "ssl.enabled",
                false,
                "redis.key",
                "copy:${topic}",
                "redis.key.data.type",
                "Hash");
    }

    @Override
    public Checksums rows(CampaignTable table) {
        try (Jedis client = new Jedis(
                        new HostAndPort("127.0.0.1", server.port()),
                        DefaultJedisClientConfig.builder()
                                .user(RedisServer.USER)
                                .password(RedisServer.PASSWORD)
                                .build());
                Pipeline all = client.pipelined()) {
            List<Response<Map<String, String>>> rows = client.keys("copy:" + table.name() + ":*").stream()
                    .map(all::hgetAll)
                    .toList();
            all.sync();
            return Checksums.of(
                    rows.stream().map(row -> table.checksum(row.get())).toList());
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
