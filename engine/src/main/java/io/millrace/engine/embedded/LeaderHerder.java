package io.millrace.engine.embedded;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.apache.kafka.connect.storage.ConfigBackingStore;
import org.apache.kafka.connect.storage.StatusBackingStore;
import org.apache.kafka.connect.util.SharedTopicAdmin;

/**
 * The herder of a group of one. It says when it leads the group with all configurations read, and hands an exception
 * that ends it to {@link Faults}.
 */
final class LeaderHerder extends DistributedHerder {
    private final Faults faults;
    private final CompletableFuture<Void> leading = new CompletableFuture<>();

    LeaderHerder(
            DistributedConfig config,
            Worker worker,
            StatusBackingStore statuses,
            ConfigBackingStore configs,
            ConnectorClientConfigOverridePolicy overrides,
            SharedTopicAdmin admin,
            Faults faults) {
        super(
                config,
                Time.SYSTEM,
                worker,
                config.kafkaClusterId(),
                statuses,
                configs,
                // Followers would forward requests to this address; there are none.
                "http://" + worker.workerId(),
                null,
                overrides,
                List.of(),
                admin);
        this.faults = faults;
    }

    /** Completes when every call can be answered: this worker leads, and has assigned all work to itself. */
    CompletableFuture<Void> leading() {
        return leading.copy();
    }

    @Override
    protected void startServices() {
        report(
                "Connect cannot read its topics",
                () -> together(worker::start, statusBackingStore::start, configBackingStore::start));
    }

    @Override
    public void tick() {
        report("Connect cannot go on", super::tick);
    }

    @Override
    protected void rebalanceSuccess() {
        if (isLeader()) {
            leading.complete(null);
        }
    }

    /** Runs steps that do not need each other at the same time: each mostly waits for answers of the broker. */
    private static void together(Runnable... steps) {
        try {
            CompletableFuture.allOf(
                            Stream.of(steps).map(CompletableFuture::runAsync).toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }

    private void report(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            throw faults.record(what, e);
        }
    }
}
