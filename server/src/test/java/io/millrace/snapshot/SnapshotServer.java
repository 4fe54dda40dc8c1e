package io.millrace.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.engine.ConnectCluster;
import io.millrace.engine.Engine;
import io.millrace.engine.KafkaCluster;
import io.millrace.http.TestApi;
import io.millrace.store.Ids;
import io.millrace.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;

/** The snapshot calls over HTTP, with a store, a real Kafka, and a task that a test steers. */
final class SnapshotServer implements AutoCloseable {
    static final String TOKEN = "Bearer read:sources,write:sources";

    final FixedSources sources = new FixedSources();
    final FixedDatabases databases = new FixedDatabases();
    final FixedConnectors connectors = new FixedConnectors();
    final Store store;
    final TestTask task;

    private final KafkaCluster kafka;
    private Snapshots snapshots;
    private TestApi api;

    SnapshotServer(KafkaCluster kafka, Path folder) {
        this.kafka = kafka;
        store = Store.sqlite(folder.resolve("millrace.db"));
        snapshots = snapshots();
        api = TestApi.of(snapshots.resources().toArray());
        snapshots.begin();
        task = new TestTask(kafka.clientProperties());
    }

    private Snapshots snapshots() {
        return new Snapshots(
                new Snapshots.Platform(
                        store, new Ids(Clock.systemUTC(), new Random()), Clock.systemUTC(), new TestEngine()),
                sources,
                databases,
                id -> Optional.empty());
    }

    /** Ends the parts that run and starts them anew on the same store, as a new process does. */
    void restart() {
        api.close();
        snapshots.close();
        snapshots = snapshots();
        api = TestApi.of(snapshots.resources().toArray());
        snapshots.begin();
    }

    /** Returns a source id that no other test uses, with a running source of these tables. */
    String source(String... tables) {
        String id = new Ids(Clock.systemUTC(), new Random()).next();
        sources.put(id, true, Runs.topics(tables));
        return id;
    }

    int port() {
        return api.port();
    }

    TestApi.Answer post(String path, String body) {
        return api.send("POST", path, body, "Authorization", TOKEN, "Content-Type", "application/json");
    }

    TestApi.Answer get(String path) {
        return api.send("GET", path, "", "Authorization", TOKEN);
    }

    JsonNode newest(String source) {
        return get("/sources/" + source + "/snapshots").json().path("result").path(0);
    }

    @Override
    public void close() {
        task.close();
        api.close();
        snapshots.close();
        store.close();
    }

    private final class TestEngine implements Engine {
        @Override
        public ConnectCluster connect() {
            return connectors;
        }

        @Override
        public KafkaCluster kafka() {
            return kafka;
        }

        @Override
        public Optional<String> failure() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
