package io.millrace.engine.embedded;

import io.millrace.engine.EngineException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.policy.AllConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.json.JsonConverterConfig;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.isolation.LoaderSwap;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.storage.ConfigBackingStore;
import org.apache.kafka.connect.storage.KafkaConfigBackingStore;
import org.apache.kafka.connect.storage.KafkaOffsetBackingStore;
import org.apache.kafka.connect.storage.KafkaStatusBackingStore;
import org.apache.kafka.connect.storage.StatusBackingStore;
import org.apache.kafka.connect.util.SharedTopicAdmin;

/**
 * The Connect worker without its REST server: the herder and the three stores on topics that it works with. Put together
 * as MirrorMaker does it.
 */
final class EmbeddedConnect implements AutoCloseable {
    private static final long START_SECONDS = 60;

    private final String workerId;
    private final Plugins plugins;
    private final ConfigBackingStore configs;
    private final StatusBackingStore statuses;
    private final LeaderHerder herder;

    private EmbeddedConnect(
            String workerId,
            Plugins plugins,
            ConfigBackingStore configs,
            StatusBackingStore statuses,
            LeaderHerder herder) {
        this.workerId = workerId;
        this.plugins = plugins;
        this.configs = configs;
        this.statuses = statuses;
        this.herder = herder;
    }

    /** Starts the worker; it is of use once {@link #awaitLeading} has returned. */
    static EmbeddedConnect start(Plugins plugins, Map<String, String> properties, String address, Faults faults) {
        try (LoaderSwap ignored = plugins.withClassLoader(plugins.delegatingLoader())) {
            EmbeddedConnect connect = assemble(
                    plugins,
                    new DistributedConfig(properties),
                    address + "/" + UUID.randomUUID().toString().substring(0, 8),
                    faults);
            connect.herder.start();
            return connect;
        }
    }

    /** Returns when the worker leads its group and knows all configurations. */
    void awaitLeading(Faults faults) {
        try {
            CompletableFuture.anyOf(herder.leading(), faults.failure()).get(START_SECONDS, TimeUnit.SECONDS);
            faults.check();
        } catch (TimeoutException e) {
            throw new EngineException(
                    "Connect was not ready within " + START_SECONDS
                            + " s; the log says what it waits for, most often an internal topic that it cannot read",
                    e);
        } catch (ExecutionException e) {
            throw new EngineException("Connect does not start: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("the start of Connect was interrupted", e);
        }
    }

    /** Marks the reports of this worker; made anew for every process. */
    String workerId() {
        return workerId;
    }

    Plugins plugins() {
        return plugins;
    }

    ConfigBackingStore configs() {
        return configs;
    }

    StatusBackingStore statuses() {
        return statuses;
    }

    LeaderHerder herder() {
        return herder;
    }

    @Override
    public void close() {
        herder.stop();
    }

    private static EmbeddedConnect assemble(Plugins plugins, DistributedConfig config, String workerId, Faults faults) {
        String clients = config.getString("client.id") + "-";
        Map<String, Object> adminProperties = new HashMap<>(config.originals());
        adminProperties.put(AdminClientConfig.CLIENT_ID_CONFIG, clients + "shared-admin");
        SharedTopicAdmin admin = new SharedTopicAdmin(adminProperties);

        KafkaOffsetBackingStore offsets = new KafkaOffsetBackingStore(
                admin,
                () -> clients,
                plugins.newInternalConverter(
                        true,
                        JsonConverter.class.getName(),
                        Map.of(JsonConverterConfig.SCHEMAS_ENABLE_CONFIG, "false")));
        offsets.configure(config);
        AllConnectorClientConfigOverridePolicy overrides = new AllConnectorClientConfigOverridePolicy();
        Worker worker = new Worker(workerId, Time.SYSTEM, plugins, config, offsets, overrides);
        StatusBackingStore statuses =
                new KafkaStatusBackingStore(Time.SYSTEM, worker.getInternalValueConverter(), admin, clients);
        statuses.configure(config);
        ConfigBackingStore configs = new KafkaConfigBackingStore(
                worker.getInternalValueConverter(), config, worker.configTransformer(), admin, clients);
        LeaderHerder herder = new LeaderHerder(config, worker, statuses, configs, overrides, admin, faults);
        return new EmbeddedConnect(workerId, plugins, configs, statuses, herder);
    }
}
