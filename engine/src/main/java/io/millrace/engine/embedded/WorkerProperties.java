package io.millrace.engine.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Configuration of the Connect worker. What a connector sets for its own clients goes first. */
record WorkerProperties(String bootstrapServers, Path plugins, String secretLookup, boolean exactlyOnce) {
    /** Group of the worker, and so the first part of the transactional ids of its tasks. */
    static final String GROUP = "millrace";

    /** Transactional id with which the leader of the group writes configurations. */
    static final String LEADER_TRANSACTIONS = "connect-cluster-" + GROUP;

    static final String CONFIGS = "_connect_configs";
    static final String OFFSETS = "_connect_offsets";
    static final String STATUSES = "_connect_status";

    /** What Connect keeps in the broker. */
    static final Set<String> TOPICS = Set.of(CONFIGS, OFFSETS, STATUSES);

    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

    /** Whether a transactional id is one that the worker or its tasks produce with. */
    static boolean isOurTransaction(String transactionalId) {
        return transactionalId.startsWith(GROUP) || transactionalId.equals(LEADER_TRANSACTIONS);
    }

    /** Whether a group is the one of the worker or that of a sink of its own. */
    static boolean isOurGroup(String group) {
        return group.equals(GROUP) || group.startsWith("connect-");
    }

    Map<String, String> asConnect() {
        Map<String, String> worker = new HashMap<>();
        worker.put("bootstrap.servers", bootstrapServers);
        worker.put("group.id", GROUP);
        worker.put("client.id", GROUP);
        worker.put("exactly.once.source.support", exactlyOnce ? "enabled" : "disabled");
        worker.put("plugin.path", plugins.toString());
        worker.put("plugin.discovery", "service_load");
        worker.put("connector.client.config.override.policy", "All");
        worker.put("key.converter", JSON);
        worker.put("value.converter", JSON);
        worker.put("offset.flush.interval.ms", "5000");
        // A consumer of a quiet topic asks anew after this time; a record is answered at once. Not longer, for a
        // consumer that
        // is closed waits for the answer.
        worker.put("fetch.max.wait.ms", "1000");
        topics(worker);
        secrets(worker);
        oneWorker(worker);
        producers(worker);
        return worker;
    }

    private static void topics(Map<String, String> worker) {
        worker.put("config.storage.topic", CONFIGS);
        worker.put("offset.storage.topic", OFFSETS);
        worker.put("status.storage.topic", STATUSES);
        worker.put("config.storage.replication.factor", "1");
        worker.put("offset.storage.replication.factor", "1");
        worker.put("status.storage.replication.factor", "1");
        worker.put("offset.storage.partitions", "1");
        worker.put("status.storage.partitions", "1");
    }

    private void secrets(Map<String, String> worker) {
        worker.put("config.providers", SecretConfigProvider.NAME);
        worker.put("config.providers.secret.class", SecretConfigProvider.class.getName());
        worker.put("config.providers.secret.param." + SecretConfigProvider.LOOKUP, secretLookup);
    }

    /** Nobody else can take the work over, so nobody needs to wait whether the old owner comes back. */
    private static void oneWorker(Map<String, String> worker) {
        worker.put("scheduled.rebalance.max.delay.ms", "0");
        // Long, so that a machine under load does not lose its own worker; a dead one is removed at the next start.
        worker.put("session.timeout.ms", "60000");
        worker.put("heartbeat.interval.ms", "10000");
        worker.put("task.shutdown.graceful.timeout.ms", "3000");
    }

    /**
     * Large batches with a short wait: a stream of single changes is sent within milliseconds (a transaction does not
     * wait for its batch to fill), and a snapshot fills the batches.
     */
    private static void producers(Map<String, String> worker) {
        worker.put("producer.linger.ms", "5");
        worker.put("producer.batch.size", "262144");
        worker.put("producer.buffer.memory", "67108864");
        worker.put("producer.max.request.size", "30000000");
        worker.put("producer.compression.type", "lz4");
    }
}
