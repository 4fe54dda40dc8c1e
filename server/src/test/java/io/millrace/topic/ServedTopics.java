package io.millrace.topic;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.catalogue.ConfigValues;
import io.millrace.connector.ConnectorId;
import io.millrace.connector.MemoryEngine;
import io.millrace.connector.ServedConnectors;
import io.millrace.database.Check;
import io.millrace.database.ValidationReport;
import io.millrace.destination.DestinationType;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.embedded.EmbeddedEngine;
import io.millrace.engine.embedded.EmbeddedSettings;
import io.millrace.http.TestApi.Answer;
import io.millrace.source.SourceConfigs;
import io.millrace.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Topics and groups over HTTP, on a broker; what runs in Connect is in memory. */
public final class ServedTopics implements AutoCloseable {
    private final EmbeddedEngine broker;
    private final MemoryEngine engine;
    private final ServedConnectors served;

    /** Needs nobody at the other end. */
    private static final class Sink implements DestinationType {
        @Override
        public String code() {
            return "kafka";
        }

        @Override
        public void check(ConfigValues config) {}

        @Override
        public Map<String, String> properties(ConnectorId id, ConfigValues config) {
            return Map.of("connector.class", "x.Sink");
        }

        @Override
        public ValidationReport validate(ConfigValues config, Duration limit) {
            return new ValidationReport(List.of(Check.passed("reach", "It answers")), Optional.empty());
        }
    }

    private ServedTopics(EmbeddedEngine broker, Path folder) {
        this.broker = broker;
        engine = new MemoryEngine(broker.kafka());
        served = new ServedConnectors(Store.sqlite(folder.resolve("millrace.db")), folder, engine, new Sink());
        served.store()
                .change(handle -> handle.execute(
                        "insert into service (id, tenant_id, name, created_at) values ('other', 'tenant', 'o', 0)"));
    }

    public static ServedTopics start(Path folder) {
        try {
            Path plugins = Files.createDirectory(folder.resolve("plugins"));
            return new ServedTopics(
                    EmbeddedEngine.start(
                            new EmbeddedSettings(folder.resolve("data"), plugins, 0), (path, key) -> Optional.empty()),
                    folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public KafkaCluster kafka() {
        return broker.kafka();
    }

    /** Lets figures be collected. */
    void measure() {
        served.measure();
    }

    MemoryEngine engine() {
        return engine;
    }

    public Answer send(String method, String path, String body) {
        return served.send(method, path, body.replace('\'', '"'));
    }

    public Answer sendAsOther(String method, String path, String body) {
        return served.sendAsOther(method, path, body.replace('\'', '"'));
    }

    public JsonNode ok(String method, String path, String body) {
        return served.ok(method, path, body.replace('\'', '"'));
    }

    public void refused(String method, String path, String body, int status, String detail) {
        served.refused(method, path, body.replace('\'', '"'), status, detail);
    }

    /** Returns a new topic that was made by hand. */
    public String topic(String name) {
        return ok("POST", "/topics", "{'topic_name':'" + name + "'}").get("id").textValue();
    }

    /** Writes texts into a topic that was made by hand. */
    public void write(String topic, String... values) {
        for (String value : values) {
            ok("POST", "/topics/" + topic + "/messages", "{'value':'" + value + "','value_format':'string'}");
        }
    }

    /** Returns a new source that is only saved, of the table {@code public.orders}. */
    String source(String name) {
        return ok(
                        "POST",
                        "/sources",
                        "{'name':'" + name + "','connector':'postgresql','desired_state':'Pending','config':"
                                + SourceConfigs.postgresql("") + "}")
                .get("id")
                .textValue();
    }

    /** Returns a new destination that another cluster is written by. */
    public String destination(String name) {
        return ok(
                        "POST",
                        "/destinations",
                        "{'name':'" + name + "','connector':'kafka','config':{'kafka.sink.bootstrap':'b:9092',"
                                + "'destination.format':'json'}}")
                .get("id")
                .textValue();
    }

    @Override
    public void close() {
        served.close();
        broker.close();
    }
}
