package io.millrace.engine.embedded;

import io.millrace.engine.EngineException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server$;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One Kafka node, broker and controller at once. It is put together as Kafka's own main class does it, except that a
 * fatal fault is reported to {@link Faults} and does not end the process.
 */
final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    /** What Kafka writes into its folder as the last thing and removes at the next start. */
    private static final String STOPPED_CLEANLY = ".kafka_cleanshutdown";

    private static final Duration CONTROLLER_ACTIVE = Duration.ofSeconds(10);

    private final ControllerServer controller;
    private final BrokerServer broker;

    private EmbeddedBroker(ControllerServer controller, BrokerServer broker) {
        this.controller = controller;
        this.broker = broker;
    }

    /** Formats the folder if it is new, and returns when the broker takes requests. */
    static EmbeddedBroker start(DataFolder folder, BrokerProperties properties, Faults faults) {
        boolean killed = !formatIfNew(folder) && !Files.exists(folder.broker().resolve(STOPPED_CLEANLY));
        try {
            BrokerTime time = new BrokerTime();
            EmbeddedBroker broker = assemble(properties, time, faults);
            broker.startup(killed, time, faults);
            return broker;
        } catch (RuntimeException e) {
            throw new EngineException(
                    "the broker in " + folder.broker() + " does not start ("
                            + faults.reason().orElse(e.toString())
                            + "); the log has the details, and a damaged folder can be restored from a copy",
                    e);
        }
    }

    private static EmbeddedBroker assemble(BrokerProperties properties, BrokerTime time, Faults faults) {
        KafkaConfig config = KafkaConfig.fromProps(properties.asKafka(), false);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> storage = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        SharedServer shared = new SharedServer(
                config,
                storage._1(),
                time,
                Server$.MODULE$.initializeMetrics(
                        config, time, storage._1().clusterId().orElseThrow()),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                faults,
                ServerSocketFactory.INSTANCE);
        return new EmbeddedBroker(
                new ControllerServer(shared, KafkaRaftServer.configSchema(), storage._2()), new BrokerServer(shared));
    }

    private void startup(boolean killed, BrokerTime time, Faults faults) {
        try {
            controller.startup();
            if (killed) {
                outliveThePreviousBroker(time);
            }
            broker.startup();
            faults.check();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The part that keeps track of consumer and worker groups. */
    GroupCoordinator groups() {
        return broker.groupCoordinator();
    }

    /** Returns the topics of which there is a log. */
    Set<String> topics() {
        return logs().map(log -> log.topicPartition().topic()).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns whether a transaction is open in any log, as far as the logs themselves know. */
    boolean hasOpenTransaction() {
        return logs().anyMatch(log -> log.firstUnstableOffset().isPresent());
    }

    private Stream<UnifiedLog> logs() {
        return CollectionConverters.asJavaCollection(broker.logManager().allLogs()).stream();
    }

    @Override
    public void close() {
        broker.shutdown();
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
    }

    /**
     * Lets the session end that the controller gives to the broker of an earlier process. It notes the sessions when it
     * becomes active, and has itself registered after that.
     */
    private void outliveThePreviousBroker(BrokerTime time) {
        if (Waiting.until(CONTROLLER_ACTIVE, this::isControllerRegistered)) {
            time.skip(BrokerProperties.SESSION.plusSeconds(1));
        }
    }

    private boolean isControllerRegistered() {
        try {
            return controller.registrationManager().registeredInLog();
        } catch (IllegalStateException e) {
            return false; // its metadata is not read yet, not even the version
        }
    }

    /**
     * Formats the folder unless it is there, and returns whether it did. A folder gets its name only when it is whole,
     * so that a kill in between leaves nothing that does not start.
     */
    private static boolean formatIfNew(DataFolder folder) {
        if (Files.isDirectory(folder.broker())) {
            return false;
        }
        Path fresh = folder.brokerInTheMaking();
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            deleteTree(fresh);
            Files.createDirectories(fresh);
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerProperties.NODE)
                    .setControllerListenerName(BrokerProperties.CONTROLLER)
                    .setMetadataLogDirectory(fresh.toString())
                    .addDirectory(fresh.toString())
                    .setPrintStream(silent)
                    .run();
            Files.move(fresh, folder.broker(), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (Exception e) {
            throw new EngineException(
                    "the folder " + folder.broker() + " cannot be prepared for Kafka (" + e
                            + "); make its parent writable and see that there is room on the disk",
                    e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
