package io.millrace.connect.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DelaysTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final String TOPIC = "source_1.public.t";
    private static final Schema ROW = SchemaBuilder.struct()
            .field("_streamkap_source_ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .build();

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final Delays delays = new Delays("destination_1", Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

    @AfterEach
    void close() {
        delays.close();
    }

    @Test
    void countsEachChangeInAClassThatBoundsItsDelay() throws Exception {
        delays.handedOver(List.of(change(0, 1), change(1, 100), change(2, 100), change(3, 86_400_000)), true);

        long[] upper = uppers(0);
        assertThat(counts(0)).containsExactly(1, 2, 1);
        assertThat(upper[0]).isEqualTo(1);
        assertThat(upper[1]).isBetween(100L, 119L);
        assertThat(upper[2]).isBetween(86_400_000L, (long) (86_400_000L * 1.19));
    }

    @Test
    void takesACommitInTheFutureForOneOfNow() throws Exception {
        delays.handedOver(List.of(change(0, -5_000)), true);

        assertThat(uppers(0)).containsExactly(1);
        assertThat(counts(0)).containsExactly(1);
    }

    @Test
    void countsAllChangesOfALargeBatchAlthoughItLooksAtSome() throws Exception {
        List<Change> batch = new ArrayList<>();
        for (int i = 0; i < 1_003; i++) {
            batch.add(change(i, i < 500 ? 10 : 1_000));
        }

        delays.handedOver(batch, true);

        assertThat(Arrays.stream(counts(0)).sum()).isEqualTo(1_003);
        assertThat(counts(0)[0]).isBetween(430L, 570L);
    }

    @Test
    void countsWhatWasHeldBackWhenItIsDurable() throws Exception {
        delays.handedOver(List.of(change(0, 10), change(1, 10)), false);
        delays.handedOver(List.of(change(2, 10)), false);
        delays.durable(Map.of(new TopicPartition(TOPIC, 0), new OffsetAndMetadata(2)));
        assertThat(counts(0)).containsExactly(2);

        delays.durable(Map.of(new TopicPartition(TOPIC, 0), new OffsetAndMetadata(3)));
        assertThat(counts(0)).containsExactly(3);
    }

    @Test
    void forgetsWhatWasHeldBackOfAPartitionThatItLoses() throws Exception {
        delays.handedOver(List.of(change(0, 10)), false);
        delays.release(new TopicPartition(TOPIC, 0));
        delays.durable(Map.of(new TopicPartition(TOPIC, 0), new OffsetAndMetadata(9)));
        assertThat(beans.queryNames(name("*"), null)).isEmpty();
    }

    @Test
    void givesTasksOfOneConnectorBeansOfTheirOwnAndTakesThemBack() throws Exception {
        try (Delays second = new Delays("destination_1", Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC))) {
            delays.handedOver(List.of(change(0, 10)), true);
            second.handedOver(List.of(change(1, 10), change(2, 10)), true);
            assertThat(counts(0)).containsExactly(1);
            assertThat(counts(1)).containsExactly(2);
        }
        assertThat(beans.queryNames(name("*"), null)).containsExactly(name("0"));
    }

    private static Change change(long offset, long delay) {
        Struct row = new Struct(ROW).put("_streamkap_source_ts_ms", NOW - delay);
        SinkRecord record =
                new SinkRecord(TOPIC, 0, Schema.STRING_SCHEMA, "k", ROW, row, offset, NOW, TimestampType.CREATE_TIME);
        return new Change(Change.Kind.UPSERT, record);
    }

    private long[] uppers(int task) throws Exception {
        return (long[]) beans.getAttribute(name(Integer.toString(task)), "UpperMillis");
    }

    private long[] counts(int task) throws Exception {
        return (long[]) beans.getAttribute(name(Integer.toString(task)), "Counts");
    }

    private static ObjectName name(String task) throws Exception {
        return new ObjectName("io.millrace:type=delays,connector=destination_1,task=" + task + ",topic=" + TOPIC);
    }
}
