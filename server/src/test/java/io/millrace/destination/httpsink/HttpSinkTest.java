package io.millrace.destination.httpsink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.destination.SinkConfigs;
import io.millrace.http.ApiProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSinkTest {
    private static final ConnectorId ID = new ConnectorId(Kind.DESTINATION, "66b0f1c9a1b2c3d4e5f60000");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpSink sink = new HttpSink();
    private HttpServer endpoint;

    /** Lets in who says {@code Bearer good}, and gives that token to the client {@code c} with the secret {@code s}. */
    @BeforeEach
    void start() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/in", exchange -> {
            boolean in = "Bearer good".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(in ? 405 : 401, -1);
            exchange.close();
        });
        endpoint.createContext("/token", exchange -> {
            boolean in = "Basic Yzpz".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "{\"access_token\":\"good\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(in ? 200 : 401, in ? body.length : -1);
            if (in) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        endpoint.start();
    }

    @AfterEach
    void stop() {
        endpoint.stop(0);
    }

    @Test
    void givesTheSinkItsDefaults() {
        assertThat(sink.properties(ID, config("")))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("connector.class", "io.millrace.connect.sinks.httpsink.HttpSinkConnector"),
                        Map.entry("http.url", "https://h/in"),
                        Map.entry("http.authorization.type", "none"),
                        Map.entry("http.headers.content.type", "application/json"),
                        Map.entry("batching.enabled", "false"),
                        Map.entry("max.retries", "1"),
                        Map.entry("retry.backoff.ms", "3000"),
                        Map.entry("http.timeout", "30"),
                        Map.entry("decimal.format", "NUMERIC"),
                        Map.entry("errors.tolerance", "none"),
                        Map.entry("consumer.override.max.poll.records", "10000")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'http.authorization.type':'static','http.headers.authorization':'x' | http.headers.authorization | x
            'http.authorization.type':'oauth2','oauth2.access.token.url':'https://t','oauth2.client.id':'i','oauth2.client.secret':'s' | oauth2.access.token.url | https://t
            'http.authorization.type':'oauth2','oauth2.access.token.url':'https://t','oauth2.client.id':'i','oauth2.client.secret':'s' | oauth2.client.id | i
            'http.authorization.type':'oauth2','oauth2.access.token.url':'https://t','oauth2.client.id':'i','oauth2.client.secret':'s' | oauth2.client.secret | s
            'http.authorization.type':'oauth2','oauth2.access.token.url':'https://t','oauth2.client.id':'i','oauth2.client.secret':'s','oauth2.scope':'i' | oauth2.client.scope | i
            'http.headers.content.type':'text/plain' | http.headers.content.type | text/plain
            'http.headers.additional':'A:1,B:2'     | http.headers.additional | A:1,B:2
            'http.proxy.host':'p','http.proxy.port':3128 | http.proxy.host | p
            'http.proxy.host':'p','http.proxy.port':3128 | http.proxy.port | 3128
            'batching.enabled':true                 | batch.max.size | 500
            'batching.enabled':true,'batch.max.size':7 | batch.max.size | 7
            'batching.enabled':true,'batch.prefix':'{' | batch.prefix | {
            'batching.enabled':true,'batch.suffix':'}' | batch.suffix | }
            'batching.enabled':true,'batch.separator':';' | batch.separator | ;
            'batching.enabled':true,'batch.buffering.enabled':true | batch.max.time.ms | 10000
            'batching.enabled':true,'batch.buffering.enabled':true | batch.buffering.enabled | true
            'batching.enabled':true,'errors.tolerance.user.defined':'all' | errors.tolerance | none
            'errors.tolerance.user.defined':'all'   | errors.tolerance | all
            'max.retries':9                         | max.retries | 9
            'retry.backoff.ms':9                    | retry.backoff.ms | 9
            'http.timeout':9                        | http.timeout | 9
            'decimal.format':'BASE64'               | decimal.format | BASE64
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
            'http.url':'example.org/in'             | 'http.url' must be an address such as https://example.org/records, not 'example.org/in'
            'http.url':'ftp://example.org/in'       | 'http.url' must be an address
            'http.url':'https://u:p@example.org/in' | 'http.url' must not hold a user or password
            'http.url':'https://${secret:a:b}/in'   | 'http.url' must not hold '${'
            'http.authorization.type':'oauth2','oauth2.access.token.url':'t' | 'oauth2.access.token.url' must be an address
            'http.authorization.type':'static'      | 'http.headers.authorization' is missing; 'http.authorization.type' is 'static' and needs it
            'http.authorization.type':'oauth2','oauth2.access.token.url':'https://t' | 'oauth2.client.id' is missing
            'http.authorization.type':'oauth2','oauth2.access.token.url':'https://t','oauth2.client.id':'i' | 'oauth2.client.secret' is missing
            'http.headers.additional':'A'           | 'http.headers.additional' must be a list such as X-Tenant:7,X-From:millrace: 'A' is not of the form name:value
            'http.headers.additional':'A b:1,Host:x' | 'A b:1' is not of the form name:value; 'Host' cannot be set here
            'http.proxy.host':'p'                   | 'http.proxy.host' and 'http.proxy.port' go together
            'http.proxy.port':1                     | 'http.proxy.host' and 'http.proxy.port' go together
            'http.proxy.host':'p','http.proxy.port':70000 | 'http.proxy.port' must be between 1 and 65535, not 70000
            'batching.enabled':true,'batch.max.size':0 | 'batch.max.size' must be between 1 and 100000, not 0
            'max.retries':-1                        | 'max.retries' must be between 0 and 1000, not -1
            'retry.backoff.ms':-1                   | 'retry.backoff.ms' must be between 0
            'http.timeout':0                        | 'http.timeout' must be between 1 and 240, not 0
            """)
    void refusesWhatCannotBe(String members, String message) {
        assertThatThrownBy(() -> sink.check(config(members)))
                .isInstanceOf(ApiProblem.BadRequest.class)
                .hasMessageContaining(message);
    }

    @Test
    void looksWhetherTheEndpointAnswersAndLetsItIn() {
        ValidationReport open = sink.validate(endpoint("/in", ""), LIMIT);
        ValidationReport in = sink.validate(endpoint("/in", "right"), LIMIT);

        assertThat(open.ok()).isTrue();
        assertThat(in.checks()).extracting(Check::name).containsExactly("reach", "authorization");
        assertThat(in.ok()).isTrue();
    }

    @Test
    void saysWhatIsWrong() {
        endpoint.stop(0);

        assertThat(sink.validate(endpoint("/in", ""), LIMIT).checks())
                .singleElement()
                .satisfies(check -> assertThat(check.message()).startsWith("The endpoint 127.0.0.1 does not answer"));
    }

    @Test
    void preparesAsLongAsTheEndpointDoesNotTurnItAway() throws SQLException {
        assertThat(sink.prepare(endpoint("/in", "right"))).isEmpty();
        assertThat(sink.prepare(oauth2("s"))).isEmpty();
        ConfigValues right = endpoint("/in", "");
        endpoint.stop(0);

        Optional<String> lacking = sink.prepare(right);

        assertThat(lacking).get().asString().contains("does not answer").contains("http.url");
    }

    @Test
    void failsInWordsForAWrongPassword() {
        assertThatThrownBy(() -> sink.prepare(endpoint("/in", "wrong")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("does not accept the authorization (401)")
                .hasMessageContaining("http.headers.authorization");
        assertThatThrownBy(() -> sink.prepare(oauth2("wrong")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("gave client 'c' no token (status 401)")
                .hasMessageContaining("oauth2.client.secret");
    }

    private ConfigValues oauth2(String secret) {
        return config("'http.url':'" + url("/in") + "','http.authorization.type':'oauth2','oauth2.access.token.url':'"
                + url("/token") + "','oauth2.client.id':'c','oauth2.client.secret':'" + secret + "'");
    }

    private ConfigValues endpoint(String path, String authorization) {
        String how = authorization.isEmpty()
                ? ""
                : ",'http.authorization.type':'static','http.headers.authorization':'"
                        + (authorization.equals("right") ? "Bearer good" : "Bearer bad") + "'";
        return config("'http.url':'" + url(path) + "'" + how);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + endpoint.getAddress().getPort() + path;
    }

    private static ConfigValues config(String members) {
        return SinkConfigs.of("httpsink", "'http.url':'https://h/in'", members);
    }
}
