package io.millrace.engine.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/** Configuration of the broker: one node that is its own controller, sized for a small machine. */
record BrokerProperties(Path folder, String bind, int kafkaPort, int controllerPort) {
    static final int NODE = 1;
    /** How long the controller believes in a broker that says nothing. */
    static final Duration SESSION = Duration.ofSeconds(9);

    static final String CONTROLLER = "CONTROLLER";

    /** A row of a table may be large; what a topic takes must be more than what a producer of ours sends. */
    private static final int LARGEST_MESSAGE_BYTES = 33_554_432;

    /** Returns the configuration of a broker in the folder, with ports that are free and differ. */
    static BrokerProperties claim(DataFolder folder, EmbeddedSettings settings) {
        try (Ports ports = new Ports()) {
            return new BrokerProperties(
                    folder.broker(),
                    settings.bind(),
                    ports.claim("broker", "--kafka-port", settings.bind(), settings.kafkaPort()),
                    ports.claim("controller", "0 takes a free one", "127.0.0.1", settings.controllerPort()));
        }
    }

    Properties asKafka() {
        Properties kafka = new Properties();
        listeners(kafka);
        singleNode(kafka);
        smallMachine(kafka);
        kafka.setProperty("log.dirs", folder.toString());
        kafka.setProperty("auto.create.topics.enable", "false");
        kafka.setProperty("message.max.bytes", Integer.toString(LARGEST_MESSAGE_BYTES));
        return kafka;
    }

    String bootstrapServers() {
        return hostForClients() + ":" + kafkaPort;
    }

    private void listeners(Properties kafka) {
        String controller = CONTROLLER + "://127.0.0.1:" + controllerPort;
        kafka.setProperty("process.roles", "broker,controller");
        kafka.setProperty("node.id", Integer.toString(NODE));
        kafka.setProperty("listeners", "PLAINTEXT://" + bind + ":" + kafkaPort + "," + controller);
        kafka.setProperty("advertised.listeners", "PLAINTEXT://" + hostForClients() + ":" + kafkaPort);
        kafka.setProperty("controller.listener.names", CONTROLLER);
        kafka.setProperty("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        kafka.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        kafka.setProperty("inter.broker.listener.name", "PLAINTEXT");
    }

    private static void singleNode(Properties kafka) {
        kafka.setProperty("broker.session.timeout.ms", Long.toString(SESSION.toMillis()));
        kafka.setProperty("num.partitions", "1");
        kafka.setProperty("default.replication.factor", "1");
        kafka.setProperty("offsets.topic.num.partitions", "1");
        kafka.setProperty("offsets.topic.replication.factor", "1");
        kafka.setProperty("transaction.state.log.num.partitions", "1");
        kafka.setProperty("transaction.state.log.replication.factor", "1");
        kafka.setProperty("transaction.state.log.min.isr", "1");
        kafka.setProperty("share.coordinator.state.topic.num.partitions", "1");
        kafka.setProperty("share.coordinator.state.topic.replication.factor", "1");
        kafka.setProperty("share.coordinator.state.topic.min.isr", "1");
        kafka.setProperty("group.initial.rebalance.delay.ms", "0");
        kafka.setProperty("group.min.session.timeout.ms", "1000");
    }

    private static void smallMachine(Properties kafka) {
        kafka.setProperty("num.network.threads", "2");
        kafka.setProperty("num.io.threads", "4");
        kafka.setProperty("background.threads", "2");
        kafka.setProperty("group.coordinator.threads", "1");
        kafka.setProperty("log.cleaner.dedupe.buffer.size", "8388608");
        // Nobody replicates from this broker, so nobody needs to hear twice a second that nothing happened.
        kafka.setProperty("metadata.max.idle.interval.ms", "0");
    }

    private String hostForClients() {
        return bind.equals("0.0.0.0") || bind.equals("::") ? "127.0.0.1" : bind;
    }
}
