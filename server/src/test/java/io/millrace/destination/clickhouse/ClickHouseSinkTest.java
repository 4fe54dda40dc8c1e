package io.millrace.destination.clickhouse;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The type against a server that answers as the documentation of ClickHouse's HTTP interface says. */
class ClickHouseSinkTest {
    private static final ConnectorId ID = new ConnectorId(Kind.DESTINATION, "66b0f1c9a1b2c3d4e5f60000");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ClickHouseSink sink = new ClickHouseSink();
    private HttpServer server;

    /** Lets in {@code u} with the password {@code right}, and has a database {@code dwh}. */
    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String sql = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean in = "u".equals(exchange.getRequestHeaders().getFirst("X-ClickHouse-User"))
                    && "right".equals(exchange.getRequestHeaders().getFirst("X-ClickHouse-Key"));
            String answer = sql.contains("version()") ? "25.8.1.1\n" : sql.endsWith("'dwh'") ? "1\n" : "0\n";
            byte[] body = (in ? answer : "Code: 516. DB::Exception: u: Authentication failed")
                    .getBytes(StandardCharsets.UTF_8);
            if (!in) {
                exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", "516");
            }
            exchange.sendResponseHeaders(in ? 200 : 403, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void givesTheSinkItsDefaults() {
        assertThat(sink.properties(ID, config("")))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("connector.class", "io.millrace.connect.sinks.clickhouse.ClickHouseSinkConnector"),
                        Map.entry("hostname", "127.0.0.1"),
                        Map.entry("port", "8443"),
                        Map.entry("ssl", "true"),
                        Map.entry("username", "u"),
                        Map.entry("password", "right"),
                        Map.entry("database", "dwh"),
                        Map.entry("ingestion.mode", "upsert"),
                        Map.entry("hard.delete", "true"),
                        Map.entry("schema.evolution", "basic"),
                        Map.entry("clickhouse.json.support", "false"),
                        Map.entry("quote.identifiers", "false"),
                        Map.entry("tasks.max", "5"),
                        Map.entry("consumer.override.max.poll.records", "10000")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'hostname':'[::1]'                      | hostname | ::1
            'port':'8123'                           | port | 8123
            'ssl':false                             | ssl | false
            'connection.username':'x'               | username | x
            'connection.password':'x'               | password | x
            'database':'x'                          | database | x
            'ingestion.mode':'append'               | ingestion.mode | append
            'hard.delete':false                     | hard.delete | false
            'schema.evolution':'none'               | schema.evolution | none
            'table.name.prefix':'shop_'             | table.name.prefix | shop_
            'clickhouse.json.support':true          | clickhouse.json.support | true
            'quote.identifiers':true                | quote.identifiers | true
            'tasks.max':2                           | tasks.max | 2
            'consumer.override.max.poll.records':9  | consumer.override.max.poll.records | 9
            """)
    void turnsAKeyIntoAProperty(String members, String property, String value) {
        ConfigValues config = config(members);

        assertThatCode(() -> sink.check(config)).doesNotThrowAnyException();
        assertThat(sink.properties(ID, config)).containsEntry(property, value);
    }

    @Test
    void passesStatementsOn() {
        ConfigValues config = config("");
        String map = "{\"orders\":\"{\\\"delete_sql_execute\\\":\\\"SELECT 1\\\"}\"}";
        config.config().put("topics.config.map", map);

        assertThatCode(() -> sink.check(config)).doesNotThrowAnyException();
        assertThat(sink.properties(ID, config)).containsEntry("topics.config.map", map);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'hostname':'https://h'                  | 'hostname' must be one host name or IP address
            'port':0                                | 'port' must be between 1 and 65535, not 0
            'database':' '                          | 'database' must be a name
            'table.name.prefix':'a.b'               | 'table.name.prefix' must be letters, digits and '_', not 'a.b'
            'topics.config.map':'x'                 | 'topics.config.map' must be JSON such as
            'topics.config.map':'[]'                | 'topics.config.map' must be JSON such as
            'connection.username':'${secret:a:b}'   | 'connection.username' must not hold '${'
            """)
    void refusesWhatCannotBe(String members, String message) {
        assertThatThrownBy(() -> sink.check(config(members)))
                .isInstanceOf(ApiProblem.BadRequest.class)
                .hasMessageContaining(message);
    }

    @Test
    void looksAtTheServer() throws SQLException {
        ValidationReport report = sink.validate(served(""), LIMIT);

        assertThat(report.ok()).isTrue();
        assertThat(report.serverVersion()).contains("25.8.1.1");
        assertThat(report.checks()).extracting(Check::name).containsExactly("reach", "login", "database");
        assertThat(sink.prepare(served(""))).isEmpty();
    }

    @Test
    void failsInWordsForAWrongPassword() {
        assertThatThrownBy(() -> sink.prepare(served(",'connection.password':'wrong'")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("does not let user 'u' in (status 403, code 516)")
                .hasMessageContaining("'connection.password'");
    }

    @Test
    void failsInWordsForAMissingDatabaseAndWhereNobodyIs() {
        assertThatThrownBy(() -> sink.prepare(served(",'database':'other'")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("The database 'other' is not there");
        assertThatThrownBy(() -> sink.prepare(config("'port':1")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("127.0.0.1:1 does not answer");
    }

    private ConfigValues served(String members) {
        return config("'ssl':false,'port':" + server.getAddress().getPort() + members);
    }

    private static ConfigValues config(String members) {
        return SinkConfigs.of(
                "clickhouse",
                "'hostname':'127.0.0.1','connection.username':'u','connection.password':'right','database':'dwh'",
                members);
    }
}
