package io.millrace.connect.sinks.redis;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.errors.ConnectException;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** One connection to the server, opened again after it was lost. Used by one thread. */
final class RedisServerLink implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 30_000;

    private final RedisSettings settings;
    private Optional<Jedis> connection = Optional.empty();

    RedisServerLink(RedisSettings settings) {
        this.settings = settings;
    }

    /**
     * Connects and logs in.
     *
     * @throws IOException when the server does not answer
     */
    void open() throws IOException {
        ask(Jedis::ping);
    }

    /**
     * Asks the server for something.
     *
     * @throws IOException for trouble that may pass, in words
     * @throws ConnectException when the user may not
     */
    <T> T ask(Function<Jedis, T> question) throws IOException {
        try {
            Jedis open = connection.isPresent() ? connection.get() : connected();
            connection = Optional.of(open);
            return question.apply(open);
        } catch (JedisAccessControlException e) {
            close();
            throw new ConnectException(
                    "Redis at " + address() + " does not let user '"
                            + settings.login().user() + "' in or do this: " + e.getMessage()
                            + "; correct redis.username, redis.password or the rights of the user",
                    e);
        } catch (JedisConnectionException e) {
            close();
            throw new IOException("Redis at " + address() + " does not answer: " + innermost(e), e);
        } catch (JedisException e) {
            close();
            throw new IOException("Redis at " + address() + " does not take this now: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.ifPresent(Jedis::close);
        } catch (JedisException e) {
            // it is of no use any more all the same
        }
        connection = Optional.empty();
    }

    private Jedis connected() {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(CONNECT_MILLIS)
                .socketTimeoutMillis(ANSWER_MILLIS)
                .clientName("millrace");
        String password = settings.login().password().value();
        if (!password.isEmpty()) {
            config.user(settings.login().user()).password(password);
        }
        if (settings.tls()) {
            config.sslOptions(
                    SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        return new Jedis(new HostAndPort(settings.host(), settings.port()), config.build());
    }

    private String address() {
        return settings.host() + ":" + settings.port();
    }

    private static String innermost(Throwable trouble) {
        Throwable cause = trouble;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
