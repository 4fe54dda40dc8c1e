package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connector.MemoryEngine;
import io.millrace.connector.ServedConnectors;
import io.millrace.engine.ConnectorName;
import io.millrace.store.Store;
import io.millrace.testkit.MariaDbDatabase;
import io.millrace.testkit.MariaDbServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources of MariaDB over HTTP, with a real server and a data plane in memory. */
class MariadbSourceApiTest {
    private final MemoryEngine engine = new MemoryEngine();

    @TempDir
    private Path folder;

    private MariaDbDatabase database;
    private ServedConnectors served;

    @BeforeEach
    void start() {
        database = MariaDbServer.shared().createDatabase();
        database.execute("CREATE TABLE orders (id bigint PRIMARY KEY)");
        served = new ServedConnectors(Store.sqlite(folder.resolve("millrace.db")), folder, engine);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void keepsAHistoryTopicForAsLongAsTheSourceIsThere() {
        JsonNode source = create("shop", config(""));
        String history = "source_" + id(source) + "-schema-history";

        assertThat(source.get("connector_status").textValue()).isEqualTo("Active");
        assertThat(engine.topics()).contains(history, "source_" + id(source) + "." + database.name() + ".orders");
        assertThat(engine.configs.get(new ConnectorName("source_" + id(source))))
                .containsEntry("schema.history.internal.kafka.topic", history)
                .containsEntry("schema.history.internal.kafka.bootstrap.servers", "localhost:1")
                .containsEntry("schema.history.internal.producer.bootstrap.servers", "localhost:1")
                .containsEntry("snapshot.mode", "no_data")
                .containsEntry("database.password", "${secret:source_" + id(source) + ":database.password}");

        send("POST", "/sources/" + id(source) + "/actions/reset", "");
        assertThat(engine.deletedTopics).containsExactly(history);
        assertThat(engine.topics()).contains(history);

        String heartbeats = "__debezium-heartbeat.source_" + id(source);
        assertThat(engine.topics()).contains(heartbeats);
        send("DELETE", "/sources/" + id(source), "");
        assertThat(engine.topics()).doesNotContain(history, heartbeats);
    }

    @Test
    void savesASourceWhoseDatabaseIsDownAndSaysWhatIsWrong() {
        ObjectNode down = config("'database.port.user.defined':1");

        JsonNode source = create("late", down);

        assertThat(source.get("connector_status").textValue()).isEqualTo("Broken");
        assertThat(source.get("connector_status_reason").textValue()).contains("127.0.0.1:1");

        ObjectNode request = request(
                "late",
                config("'database.port.user.defined':" + database.server().port()));
        assertThat(send("PUT", "/sources/" + id(source), request.toString())
                        .get("connector_status")
                        .textValue())
                .isEqualTo("Active");
    }

    @Test
    void saysWhatTheUserLacksAndGoesOnWhenItIsGranted() {
        database.execute("CREATE OR REPLACE USER lacking IDENTIFIED BY 'x'");
        JsonNode source = create("lacking", config("'database.user':'lacking','database.password':'x'"));

        assertThat(source.get("connector_status").textValue()).isEqualTo("Broken");
        String reason = source.get("connector_status_reason").textValue();
        assertThat(reason).contains("GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO 'lacking'@'%';");
        database.execute(reason.substring(reason.indexOf("GRANT")));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode now = send("GET", "/sources/" + id(source), "").at("/result/0");
            assertThat(now.get("connector_status").textValue()).isEqualTo("Active");
            // a table that cannot be read is a lack and no failure: the others are captured
            assertThat(now.get("connector_status_reason").textValue()).contains("GRANT SELECT");
        });
        database.execute("GRANT SELECT ON *.* TO lacking");
        assertThat(send("POST", "/sources/" + id(source) + "/actions/restart", "")
                        .get("connector_status_reason")
                        .isNull())
                .isTrue();
    }

    @Test
    void validatesWithoutSaving() {
        ObjectNode request = request("x", config("'table.include.list.user.defined':'orders,nope'"));

        JsonNode report = send("POST", "/sources/validate", request.toString());

        assertThat(report.get("ok").booleanValue()).isFalse();
        assertThat(report.findValuesAsText("check"))
                .contains("config", "binlog_format", "replication_privilege", "table_access");
        assertThat(report.toString()).contains("nope").doesNotContain(MariaDbServer.PASSWORD);
        assertThat(send("GET", "/sources", "").get("total").intValue()).isZero();
    }

    @Test
    void saysThatMysqlIsNotVerified() {
        assertThat(send("GET", "/sources/connectors?connector_code=mysql", "")
                        .at("/MySQL/0/note")
                        .textValue())
                .contains("Not yet verified against a MySQL server");
        assertThat(send("GET", "/sources/connectors?connector_code=mariadb", "")
                        .at("/MariaDB/0/note")
                        .isNull())
                .isTrue();
    }

    private ObjectNode config(String members) {
        ObjectNode config =
                SourceConfigs.mariadb("'database.hostname.user.defined':'127.0.0.1','database.ssl.mode':'disable',"
                        + "'database.user':'" + MariaDbServer.USER + "','database.password':'" + MariaDbServer.PASSWORD
                        + "',"
                        + "'database.include.list.user.defined':'" + database.name() + "',"
                        + "'table.include.list.user.defined':'orders'");
        config.put("database.port.user.defined", database.server().port());
        config.setAll(SourceConfigs.json("{" + members + "}"));
        return config;
    }

    private JsonNode create(String name, ObjectNode config) {
        return send("POST", "/sources", request(name, config).toString());
    }

    private static ObjectNode request(String name, ObjectNode config) {
        ObjectNode request = SourceConfigs.json("{'connector':'mariadb'}");
        request.put("name", name);
        request.set("config", config);
        return request;
    }

    private JsonNode send(String method, String path, String body) {
        return served.ok(method, path, body);
    }

    private static String id(JsonNode source) {
        return source.get("id").textValue();
    }
}
