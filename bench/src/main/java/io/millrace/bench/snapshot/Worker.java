package io.millrace.bench.snapshot;

import io.millrace.app.EmbeddedEngines;
import io.millrace.app.Platform;
import io.millrace.bench.BenchSettings;
import io.millrace.control.ControlJson;
import io.millrace.control.ControlTopics;
import io.millrace.control.DesiredSnapshot;
import io.millrace.demo.Api;
import io.millrace.demo.DemoFailure;
import io.millrace.engine.Engine;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The platform in this process, whose Connect takes connectors that no source of the platform stands behind. */
public final class Worker implements AutoCloseable {
    private final Platform platform;
    private final Engine engine;
    private final Api api;
    private final boolean exactlyOnce;
    private final KafkaProducer<byte[], byte[]> commands;

    private Worker(Platform platform, Engine engine, Api api, boolean exactlyOnce) {
        this.platform = platform;
        this.engine = engine;
        this.api = api;
        this.exactlyOnce = exactlyOnce;
        Map<String, Object> settings = new HashMap<>(engine.kafka().clientProperties());
        settings.put("linger.ms", 0);
        this.commands = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Starts the platform on free ports; its worker has exactly-once on or off for all its sources. */
    static Worker start(Path data, boolean exactlyOnce) {
        return start(BenchSettings.in(data), exactlyOnce);
    }

    /** The same with settings of its own. */
    public static Worker start(BenchSettings settings, boolean exactlyOnce) {
        AtomicReference<Engine> engine = new AtomicReference<>();
        Platform platform = Platform.start(settings.settings(), (given, folder, secrets) -> {
            engine.set(new EmbeddedEngines(exactlyOnce).start(given, folder, secrets));
            return engine.get();
        });
        Api api = settings.signIn(Api.at(URI.create(platform.url())));
        return new Worker(platform, engine.get(), api, exactlyOnce);
    }

    /** Returns its broker and its Connect. */
    public Engine engine() {
        return engine;
    }

    boolean exactlyOnce() {
        return exactlyOnce;
    }

    Map<String, Object> client() {
        return engine.kafka().clientProperties();
    }

    /** Returns the API of the platform, signed in. */
    public Api api() {
        return api;
    }

    /** Writes down what should run for a source, as the platform does; returns when it is kept. */
    void want(DesiredSnapshot desired) {
        try {
            commands.send(new ProducerRecord<>(
                            ControlTopics.DESIRED,
                            desired.sourceId().getBytes(StandardCharsets.UTF_8),
                            ControlJson.write(desired)))
                    .get();
        } catch (ExecutionException e) {
            throw new DemoFailure("the command could not be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }

    /** Returns what reads values that were written in a format of the platform's converter. */
    Envelope.Decoder decoder(String format) {
        return format.equals("json") ? new JsonEnvelopes() : new AvroEnvelopes(this::schema);
    }

    private String schema(int id) {
        return api.get("/schema-registry/confluent/schemas/ids/" + id)
                .path("schema")
                .asText();
    }

    @Override
    public void close() {
        commands.close();
        platform.close();
    }
}
