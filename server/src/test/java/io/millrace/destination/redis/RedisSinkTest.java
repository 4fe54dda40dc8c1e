package io.millrace.destination.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.destination.NetworkHost;
import io.millrace.destination.SinkConfigs;
import io.millrace.http.ApiProblem;
import io.millrace.testkit.RedisServer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The type against a real Redis server. */
class RedisSinkTest {
    private static final ConnectorId ID = new ConnectorId(Kind.DESTINATION, "66b0f1c9a1b2c3d4e5f60000");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static RedisServer server;

    private final RedisSink sink = new RedisSink();

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    void givesTheSinkItsDefaults() {
        assertThat(sink.properties(ID, config("'redis.password':'p'")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "connector.class", "io.millrace.connect.sinks.redis.RedisSinkConnector",
                        "redis.host", "127.0.0.1",
                        "redis.port", "6379",
                        "redis.username", "millrace",
                        "redis.password", "p",
                        "redis.tls", "true",
                        "redis.keyspace", "app:${topic}",
                        "redis.type", "STREAM",
                        "tasks.max", "5",
                        "consumer.override.max.poll.records", "10000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'redis.host.user.defined':'[::1]'       | redis.host | ::1
            'redis.port.user.defined':7             | redis.port | 7
            'redis.username':'x'                    | redis.username | x
            'redis.password':'x'                    | redis.password | x
            'ssl.enabled':false                     | redis.tls | false
            'redis.key':'plain'                     | redis.keyspace | plain
            'redis.key.data.type':'List'            | redis.type | LIST
            'redis.key.data.type':'Hash'            | redis.type | HASH
            'tasks.max':2                           | tasks.max | 2
            'consumer.override.max.poll.records':9  | consumer.override.max.poll.records | 9
            """)
    void turnsAKeyIntoAProperty(String members, String property, String value) {
        ConfigValues config = config(members);

        assertThatCode(() -> sink.check(config)).doesNotThrowAnyException();
        assertThat(sink.properties(ID, config)).containsEntry(property, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'redis.host.user.defined':'a b'         | 'redis.host.user.defined' must be one host name or IP address, not 'a b'
            'redis.host.user.defined':'redis://h'   | 'redis.host.user.defined' must be one host name or IP address
            'redis.port.user.defined':0             | 'redis.port.user.defined' must be between 1 and 65535, not 0
            'redis.key':' '                         | 'redis.key' must name a key of Redis
            'redis.key':'${secret:a:b}'             | 'redis.key' must not hold '${'
            'redis.key':'${secret:${topic}:b}'      | 'redis.key' must not hold '${'
            'redis.username':'${secret:a:b}'        | 'redis.username' must not hold '${'
            """)
    void refusesWhatCannotBe(String members, String message) {
        assertThatThrownBy(() -> sink.check(config(members)))
                .isInstanceOf(ApiProblem.BadRequest.class)
                .hasMessageContaining(message);
    }

    @Test
    void looksAtTheServer() throws SQLException {
        ValidationReport report = sink.validate(served(RedisServer.PASSWORD, ""), LIMIT);

        assertThat(report.ok()).isTrue();
        assertThat(report.serverVersion()).get().asString().startsWith("6.2");
        assertThat(report.checks()).extracting(Check::name).containsExactly("reach", "login", "key");
        assertThat(sink.prepare(served(RedisServer.PASSWORD, ""))).isEmpty();
    }

    @Test
    void findsOutThatTheKeyHoldsSomethingElse() throws IOException {
        try (RedisTalk talk = RedisTalk.open(new NetworkHost("127.0.0.1", server.port()), false, LIMIT)) {
            talk.ask("AUTH", RedisServer.USER, RedisServer.PASSWORD);
            talk.ask("SET", "mine", "1");
        }

        ValidationReport report = sink.validate(served(RedisServer.PASSWORD, ",'redis.key':'mine'"), LIMIT);

        assertThat(report.ok()).isFalse();
        assertThat(report.checks().get(2).message()).isEqualTo("The key 'mine' holds a string");
    }

    @Test
    void failsInWordsForAWrongPassword() {
        assertThat(sink.validate(served("wrong", ""), LIMIT).ok()).isFalse();
        assertThatThrownBy(() -> sink.prepare(served("wrong", "")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("does not let user 'millrace' in")
                .hasMessageContaining("'redis.password'");
    }

    @Test
    void failsInWordsWhereNobodyIsAndWhereThereIsNoTls() {
        assertThatThrownBy(() -> sink.prepare(config("'redis.port.user.defined':1")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("127.0.0.1:1 does not answer");
        assertThatThrownBy(() -> sink.prepare(served(RedisServer.PASSWORD, ",'ssl.enabled':true")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("'ssl.enabled'");
    }

    private static ConfigValues served(String password, String members) {
        return config("'redis.port.user.defined':" + server.port() + ",'ssl.enabled':false,'redis.password':'"
                + password + "'" + members);
    }

    private static ConfigValues config(String members) {
        return SinkConfigs.of(
                "redis",
                "'redis.host.user.defined':'127.0.0.1','redis.username':'millrace','redis.password':'p',"
                        + "'redis.key':'app:${topic}'",
                members);
    }
}
