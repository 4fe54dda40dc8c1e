package io.millrace.engine.embedded;

import io.millrace.engine.ConnectCluster;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineException;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.Measurements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.connect.runtime.isolation.Plugins;

/** Broker and Connect in this JVM. One process has at most one of them at a time. */
public final class EmbeddedEngine implements Engine {
    // Together below the ten seconds that close() promises.
    private static final Duration CONNECT_STOPS = Duration.ofSeconds(6);
    private static final Duration BROKER_STOPS = Duration.ofMillis(3_500);
    private static final Duration CLIENT_STOPS = Duration.ofMillis(200);

    private final Faults faults;
    private final ConnectCluster connect;
    private final KafkaCluster kafka;
    private final Measurements measurements = new WorkerMeasurements();
    private final Shutdown shutdown;

    private EmbeddedEngine(Faults faults, ConnectCluster connect, KafkaCluster kafka, Shutdown shutdown) {
        this.faults = faults;
        this.connect = connect;
        this.kafka = kafka;
        this.shutdown = shutdown;
    }

    /**
     * Starts broker and Connect and returns when both answer every call: the broker takes requests, what a killed
     * process left behind is repaired, and the worker has read all configurations.
     *
     * @param secrets finds what connectors name as {@code ${secret:<path>:<key>}}
     * @throws EngineException in one sentence with the remedy when the folder, a port or the storage cannot be used;
     *     nothing is left running then
     */
    public static EmbeddedEngine start(EmbeddedSettings settings, SecretLookup secrets) {
        Shutdown shutdown = new Shutdown();
        try {
            return start(settings, secrets, shutdown);
        } catch (EngineException e) {
            shutdown.close();
            throw e;
        } catch (RuntimeException e) {
            shutdown.close();
            throw new EngineException("the embedded engine in " + settings.data() + " does not start: " + e, e);
        }
    }

    @Override
    public ConnectCluster connect() {
        return connect;
    }

    @Override
    public KafkaCluster kafka() {
        return kafka;
    }

    @Override
    public Measurements measurements() {
        return measurements;
    }

    @Override
    public Optional<String> failure() {
        return faults.reason();
    }

    @Override
    public void close() {
        shutdown.close();
    }

    private static EmbeddedEngine start(EmbeddedSettings settings, SecretLookup secrets, Shutdown shutdown) {
        StartSteps steps = new StartSteps();
        Faults faults = new Faults();
        faults.catchExits();
        requirePlugins(settings.plugins());
        DataFolder folder = shutdown.add("data folder", CLIENT_STOPS, DataFolder.take(settings.data()));
        BrokerProperties properties = BrokerProperties.claim(folder, settings);
        String lookup = SecretConfigProvider.register(secrets);
        shutdown.add("secrets", CLIENT_STOPS, () -> SecretConfigProvider.unregister(lookup));
        Map<String, String> worker = new WorkerProperties(
                        properties.bootstrapServers(), settings.plugins(), lookup, settings.exactlyOnce())
                .asConnect();
        CompletableFuture<Plugins> plugins =
                CompletableFuture.supplyAsync(() -> steps.measure("plugins", () -> new Plugins(worker)));

        EmbeddedBroker broker = steps.measure("broker", () -> EmbeddedBroker.start(folder, properties, faults));
        shutdown.add("broker", BROKER_STOPS, broker);
        Admin admin = Admin.create(Map.of(
                "bootstrap.servers",
                properties.bootstrapServers(),
                "client.id",
                WorkerProperties.GROUP + "-engine",
                "retry.backoff.ms",
                20));
        shutdown.add("admin client", CLIENT_STOPS, () -> admin.close(CLIENT_STOPS));
        steps.run("leftovers", () -> new Leftovers(admin, broker).repair());
        EmbeddedConnect connect = steps.measure("worker", () -> {
            EmbeddedConnect started =
                    EmbeddedConnect.start(plugins.join(), worker, properties.bootstrapServers(), faults);
            shutdown.add("Connect", CONNECT_STOPS, started);
            return started;
        });
        steps.run("leading", () -> connect.awaitLeading(faults));
        steps.done(properties.bootstrapServers());
        return new EmbeddedEngine(
                faults,
                new HerderConnectCluster(connect, faults),
                new AdminKafkaCluster(admin, properties.bootstrapServers()),
                shutdown);
    }

    /** Connect itself would start without any plugin and say so in its log only. */
    private static void requirePlugins(Path plugins) {
        if (!Files.isDirectory(plugins) || !Files.isReadable(plugins)) {
            throw new EngineException("the plugin folder " + plugins
                    + " cannot be read; build it, or name the folder that holds one folder per connector");
        }
    }
}
