package io.millrace.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.engine.BrokerRefusedException;
import io.millrace.engine.ConsumerGroups;
import io.millrace.engine.ConsumerGroups.GroupDescription;
import io.millrace.engine.ConsumerGroups.OffsetSpan;
import io.millrace.engine.GroupBusyException;
import io.millrace.engine.PartitionId;
import io.millrace.engine.TopicAdmin;
import io.millrace.engine.TopicHoldings;
import io.millrace.engine.TopicSetting;
import io.millrace.engine.TopicSpec;
import io.millrace.engine.TopicVolume;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics and groups of consumers, on a broker. */
class AdminTopicsTest {
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
    private static final Shutdown SHUTDOWN = new Shutdown();
    private static AdminKafkaCluster kafka;
    private static TopicAdmin topics;
    private static ConsumerGroups groups;

    @BeforeAll
    static void start(@TempDir Path folder) {
        DataFolder data = SHUTDOWN.add("data", CLOSE, DataFolder.take(folder));
        BrokerProperties properties =
                BrokerProperties.claim(data, new EmbeddedSettings(folder, folder, "127.0.0.1", 0, 0));
        SHUTDOWN.add("broker", CLOSE, EmbeddedBroker.start(data, properties, new Faults()));
        Admin admin =
                SHUTDOWN.add("admin", CLOSE, Admin.create(Map.of("bootstrap.servers", properties.bootstrapServers())));
        kafka = new AdminKafkaCluster(admin, properties.bootstrapServers());
        topics = kafka.admin();
        groups = kafka.groups();
    }

    @AfterAll
    static void close() {
        SHUTDOWN.close();
    }

    @Test
    void tellsATopicThatItMadeFromOneThatWasThere() {
        TopicSpec spec = new TopicSpec("made", 2, Map.of());

        assertThat(topics.create(spec, Optional.of(1))).isTrue();
        assertThat(topics.create(spec, Optional.empty())).isFalse();
    }

    @Test
    void saysWhyTheBrokerRefusesATopic() {
        TopicSpec spec = new TopicSpec("refused", 1, Map.of("retention.ms", "soon"));

        assertThatThrownBy(() -> topics.create(spec, Optional.empty()))
                .isInstanceOf(BrokerRefusedException.class)
                .hasMessageStartingWith("Invalid value soon for configuration retention.ms");
        assertThatThrownBy(() -> topics.create(new TopicSpec("refused", 1, Map.of()), Optional.of(70_000)))
                .isInstanceOf(BrokerRefusedException.class)
                .hasMessageContaining("replication factor");
    }

    @Test
    void raisesPartitionsAndRefusesToLowerThem() {
        topics.create(new TopicSpec("wider", 1, Map.of()), Optional.empty());

        topics.raisePartitions("wider", 3);

        assertThat(kafka.describe("wider").orElseThrow().partitions()).hasSize(3);
        assertThatThrownBy(() -> topics.raisePartitions("wider", 2))
                .isInstanceOf(BrokerRefusedException.class)
                .hasMessageContaining("3 partition");
    }

    @Test
    void changesSettingsAndPutsThemBack() {
        topics.create(new TopicSpec("settled", 1, Map.of("retention.ms", "1000")), Optional.empty());
        assertThat(setting("settled", "retention.ms"))
                .isEqualTo(new TopicSetting(
                        "retention.ms",
                        Optional.of("1000"),
                        Optional.of("604800000"),
                        false,
                        false,
                        "DYNAMIC_TOPIC_CONFIG"));

        topics.changeSettings("settled", Map.of("retention.ms", Optional.of("2000")));
        assertThat(setting("settled", "retention.ms").value()).contains("2000");
        topics.changeSettings("settled", Map.of("retention.ms", Optional.empty()));
        assertThat(setting("settled", "retention.ms").isDefault()).isTrue();
        assertThat(setting("settled", "retention.ms").value()).contains("604800000");

        assertThatThrownBy(() -> topics.changeSettings("settled", Map.of("no.such.setting", Optional.of("1"))))
                .isInstanceOf(BrokerRefusedException.class)
                .hasMessageContaining("no.such.setting");
        assertThat(topics.settings("there is no such topic")).isEmpty();
    }

    @Test
    void knowsWhatATopicHolds() throws Exception {
        topics.create(new TopicSpec("held", 2, Map.of("retention.ms", "-1")), Optional.empty());
        assertThat(topics.holdings("held").orElseThrow().newest()).isEmpty();

        write("held", 0, NOON);
        write("held", 0, NOON.plusSeconds(60));
        write("held", 1, NOON.plusSeconds(30));

        TopicHoldings holdings = topics.holdings("held").orElseThrow();
        assertThat(holdings.partitions())
                .extracting(TopicHoldings.Partition::offsets)
                .containsExactly(2L, 1L);
        assertThat(holdings.partitions()).allMatch(partition -> partition.bytes() > 0);
        assertThat(holdings.earliest()).contains(NOON);
        assertThat(holdings.newest()).contains(NOON.plusSeconds(60));
        assertThat(topics.holdings("there is no such topic")).isEmpty();
        assertThat(kafka.figures().newest(List.of("held", "never.there")))
                .isEqualTo(Map.of("held", NOON.plusSeconds(60)));
    }

    @Test
    void tellsHowMuchEachTopicHoldsAndHowFarBehindAReaderIs() throws Exception {
        topics.create(new TopicSpec("volume", 2, Map.of("retention.ms", "-1")), Optional.empty());
        write("volume", 0, NOON);
        write("volume", 0, NOON);
        write("volume", 1, NOON);

        TopicVolume volume = kafka.figures().volumes().get("volume");

        assertThat(volume.end()).isEqualTo(3);
        assertThat(volume.bytes()).isPositive();
        assertThat(volume.behind(Map.of())).isEqualTo(3);
        assertThat(volume.behind(Map.of(new PartitionId("volume", 0), 1L))).isEqualTo(2);
    }

    @Test
    void knowsWhoIsInAGroupAndHowFarItIs() throws Exception {
        topics.create(new TopicSpec("read", 1, Map.of("retention.ms", "-1")), Optional.empty());
        write("read", 0, NOON);
        write("read", 0, NOON.plusSeconds(60));
        PartitionId partition = new PartitionId("read", 0);

        try (KafkaConsumer<byte[], byte[]> consumer = consumer("readers")) {
            consumer.subscribe(List.of("read"));
            await().until(() -> !consumer.poll(Duration.ofMillis(100)).isEmpty());
            consumer.commitSync();

            GroupDescription group = groups.describe(List.of("readers")).get("readers");
            assertThat(groups.ids()).contains("readers");
            assertThat(group.state()).isEqualTo("Stable");
            assertThat(group.members()).singleElement().satisfies(member -> assertThat(member.assignment())
                    .containsExactly(partition));
            assertThat(groups.committed(List.of("readers", "nobody")))
                    .isEqualTo(Map.of("readers", Map.of(partition, 2L), "nobody", Map.of()));
            assertThatThrownBy(() -> groups.alter("readers", Map.of(partition, 0L)))
                    .isInstanceOf(GroupBusyException.class);
        }

        await().untilAsserted(() -> groups.alter("readers", Map.of(partition, 1L)));
        assertThat(groups.committed(List.of("readers")).get("readers")).containsEntry(partition, 1L);
        GroupDescription idle = groups.describe(List.of("readers", "nobody")).get("readers");
        assertThat(idle.state()).isEqualTo("Empty");
        assertThat(idle.assignor()).isEmpty();
    }

    @Test
    void findsWhereTopicsBeginAndEndAndWhereATimeIs() throws Exception {
        topics.create(new TopicSpec("timed", 1, Map.of("retention.ms", "-1")), Optional.empty());
        write("timed", 0, NOON);
        write("timed", 0, NOON.plusSeconds(60));
        PartitionId partition = new PartitionId("timed", 0);

        assertThat(groups.spans(List.of("timed", "never.there"))).isEqualTo(Map.of(partition, new OffsetSpan(0, 2)));
        assertThat(groups.since(List.of("timed"), NOON.plusSeconds(1))).isEqualTo(Map.of(partition, 1L));
        assertThat(groups.since(List.of("timed"), NOON.plusSeconds(61))).isEqualTo(Map.of(partition, 2L));
    }

    private static TopicSetting setting(String topic, String name) {
        return topics.settings(topic).stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void write(String topic, int partition, Instant time) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topic, partition, time.toEpochMilli(), null, "value".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String group) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "group.id",
                        group,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
