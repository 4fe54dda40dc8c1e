package io.millrace.destination.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.database.Check;
import io.millrace.destination.SinkConfigs;
import io.millrace.engine.embedded.EmbeddedEngine;
import io.millrace.engine.embedded.EmbeddedSettings;
import io.millrace.http.ApiProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The type against a real broker, and a registry that lets in {@code u} with the password {@code p+}. */
class KafkaSinkTest {
    private static final ConnectorId ID = new ConnectorId(Kind.DESTINATION, "66b0f1c9a1b2c3d4e5f60000");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static EmbeddedEngine cluster;
    private static HttpServer registry;

    private final KafkaSink sink = new KafkaSink();

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        cluster = EmbeddedEngine.start(
                new EmbeddedSettings(folder.resolve("data"), Files.createDirectory(folder.resolve("plugins")), 0),
                (path, key) -> Optional.empty());
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/subjects", exchange -> {
            boolean in = "Basic dTpwKw==".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(in ? 200 : 401, -1);
            exchange.close();
        });
        registry.start();
    }

    @AfterAll
    static void end() {
        registry.stop(0);
        cluster.close();
    }

    @Test
    void givesTheSinkItsDefaults() {
        assertThat(sink.properties(ID, config("")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "connector.class", "io.millrace.connect.sinks.kafka.KafkaSinkConnector",
                        "kafka.sink.bootstrap", "b:9092",
                        "destination.format", "json",
                        "json.schema.enable", "false",
                        "tasks.max", "5",
                        "consumer.override.max.poll.records", "10000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'kafka.sink.bootstrap':'a:1, [::1]:2'   | kafka.sink.bootstrap | a:1,[::1]:2
            'destination.format':'avro','schema.registry.url.user.defined':'http://u:p@r:8081' | destination.format | avro
            'destination.format':'avro','schema.registry.url.user.defined':'http://u:p@r:8081' | schema.registry.url | http://u:p@r:8081
            'json.schema.enable':true               | json.schema.enable | true
            'topic.prefix':'from.shop.'             | topic.prefix | from.shop.
            'topic.suffix':'-v1'                    | topic.suffix | -v1
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
            'kafka.sink.bootstrap':'b'              | 'kafka.sink.bootstrap' must be a list such as broker1:9092,broker2:9092; 'b' is not host:port
            'kafka.sink.bootstrap':'b:9092,'        | '' is not host:port
            'kafka.sink.bootstrap':'b:99999'        | 'b:99999' is not host:port
            'kafka.sink.bootstrap':'SASL://b:9092'  | 'SASL://b:9092' is not host:port
            'kafka.sink.bootstrap':'${secret:a:b}:1' | 'kafka.sink.bootstrap' must not hold '${'
            'topic.prefix':'a b'                    | 'topic.prefix' becomes part of the names of topics
            'topic.suffix':'/'                      | 'topic.suffix' becomes part of the names of topics
            'destination.format':'avro'             | 'schema.registry.url.user.defined' must be the address of a schema registry
            'destination.format':'avro','schema.registry.url.user.defined':'r:8081' | 'schema.registry.url.user.defined' must be the address
            """)
    void refusesWhatCannotBe(String members, String message) {
        assertThatThrownBy(() -> sink.check(config(members)))
                .isInstanceOf(ApiProblem.BadRequest.class)
                .hasMessageContaining(message);
    }

    @Test
    void looksAtTheClusterAndItsRegistry() throws SQLException {
        ConfigValues right = avro("u:p%2B@");

        assertThat(sink.validate(right, LIMIT).checks())
                .containsExactly(
                        Check.passed("reach", "The cluster answers, with 1 broker(s)"),
                        Check.passed("registry", "The schema registry answers"));
        assertThat(sink.prepare(right)).isEmpty();
    }

    @Test
    void failsInWordsForAWrongPasswordOfTheRegistry() {
        assertThat(sink.validate(avro("u:wrong@"), LIMIT).ok()).isFalse();
        assertThatThrownBy(() -> sink.prepare(avro("u:wrong@")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("refuses user or password (status 401)")
                .hasMessageNotContaining("wrong@");
    }

    @Test
    void failsInWordsWhereNobodyIs() {
        ConfigValues nobody = config("'kafka.sink.bootstrap':'127.0.0.1:1'");

        assertThat(sink.validate(nobody, Duration.ofSeconds(2)).checks())
                .singleElement()
                .satisfies(check -> assertThat(check.message()).startsWith("Kafka at 127.0.0.1:1 does not answer"));
    }

    private static ConfigValues avro(String user) {
        return config("'kafka.sink.bootstrap':'" + cluster.kafka().bootstrapServers()
                + "','destination.format':'avro','schema.registry.url.user.defined':'http://" + user + "127.0.0.1:"
                + registry.getAddress().getPort() + "/'");
    }

    private static ConfigValues config(String members) {
        return SinkConfigs.of("kafka", "'kafka.sink.bootstrap':'b:9092'", members);
    }
}
