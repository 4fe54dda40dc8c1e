package io.millrace.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.engine.EngineException;
import io.millrace.engine.PartitionDescription;
import io.millrace.engine.TopicDescription;
import io.millrace.engine.TopicSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminKafkaClusterTest {
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final Shutdown SHUTDOWN = new Shutdown();
    private static AdminKafkaCluster kafka;

    @BeforeAll
    static void start(@TempDir Path folder) {
        DataFolder data = SHUTDOWN.add("data", CLOSE, DataFolder.take(folder));
        BrokerProperties properties =
                BrokerProperties.claim(data, new EmbeddedSettings(folder, folder, "127.0.0.1", 0, 0));
        SHUTDOWN.add("broker", CLOSE, EmbeddedBroker.start(data, properties, new Faults()));
        Admin admin =
                SHUTDOWN.add("admin", CLOSE, Admin.create(Map.of("bootstrap.servers", properties.bootstrapServers())));
        kafka = new AdminKafkaCluster(admin, properties.bootstrapServers());
    }

    @AfterAll
    static void close() {
        SHUTDOWN.close();
    }

    @Test
    void describesATopicThatItCreated() {
        kafka.createTopic(new TopicSpec("described", 2, Map.of("cleanup.policy", "compact")));

        // a broker answers from metadata that follows the creation by some milliseconds
        TopicDescription topic = await().until(() -> kafka.describe("described"), Optional::isPresent)
                .orElseThrow();

        assertThat(topic.name()).isEqualTo("described");
        assertThat(topic.replicationFactor()).isOne();
        assertThat(topic.partitions())
                .containsExactly(
                        new PartitionDescription(0, 1, List.of(1), List.of(1), 0, 0),
                        new PartitionDescription(1, 1, List.of(1), List.of(1), 0, 0));
        assertThat(topic.configs()).containsEntry("cleanup.policy", "compact");
        assertThat(kafka.topics()).contains("described");
    }

    @Test
    void leavesATopicAsItIsWhenItIsCreatedAgain() {
        kafka.createTopic(new TopicSpec("twice", 1, Map.of()));

        kafka.createTopic(new TopicSpec("twice", 3, Map.of()));

        assertThat(kafka.describe("twice").orElseThrow().partitions()).hasSize(1);
    }

    @Test
    void endsATopicWhereReadersOfCommittedRecordsEnd() throws Exception {
        kafka.createTopic(new TopicSpec("uncommitted", 1, Map.of()));

        OpenTransaction.in(kafka.bootstrapServers(), "describe", List.of("uncommitted"));

        assertThat(kafka.describe("uncommitted").orElseThrow().partitions())
                .extracting(PartitionDescription::latest)
                .containsExactly(0L);
    }

    @Test
    void knowsNothingOfATopicThatIsGone() {
        kafka.createTopic(new TopicSpec("gone", 1, Map.of()));

        kafka.deleteTopics(List.of("gone", "never.there"));

        assertThat(kafka.describe("gone")).isEmpty();
        assertThat(kafka.describe("no topic has such a name")).isEmpty();
        assertThat(kafka.topics()).doesNotContain("gone");
    }

    @Test
    void namesATopicThatCannotBeCreated() {
        assertThatThrownBy(() -> kafka.createTopic(new TopicSpec("a b", 1, Map.of())))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("topic a b cannot be created");
        assertThatThrownBy(() -> kafka.createTopic(new TopicSpec("odd", 1, Map.of("retention.ms", "soon"))))
                .hasMessageContaining("topic odd cannot be created")
                .hasMessageContaining("retention.ms");
    }
}
