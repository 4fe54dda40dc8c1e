package io.millrace.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.engine.ConnectorName;
import io.millrace.engine.TopicSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledEngineTest {
    private static final Duration READY_AGAIN = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    @Test
    void isReadyAgainAfterAKillInsideTransactionsAndHasLostNothing() throws IOException {
        EmbeddedSettings settings = new EmbeddedSettings(folder.resolve("data"), CountingPlugin.in(folder), 0);
        try (EngineProcess process = EngineProcess.start(settings)) {
            process.kill();
        }

        long begin = System.nanoTime();
        try (EmbeddedEngine engine = EmbeddedEngine.start(settings, (path, key) -> Optional.empty())) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(READY_AGAIN);

            ConnectorName numbers = new ConnectorName("counting_numbers");
            assertThat(engine.connect().connectors()).containsOnly(numbers, new ConnectorName("counting_open"));
            assertThat(engine.connect().config(numbers))
                    .contains(Counting.into("numbers").with("name", numbers).config());
            // Beyond what the killed process left open, everybody can read again.
            long atRestart = Numbers.end(engine, "numbers");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Numbers.committedEnd(engine, "numbers") > atRestart + 50);
            engine.connect().delete(numbers);
            assertCountedWithoutGapOrRepetition(engine, "numbers");
        }
    }

    @Test
    void abortsATransactionThatTheCoordinatorKnowsNothingOf() throws Exception {
        EmbeddedSettings settings = new EmbeddedSettings(folder.resolve("data"), CountingPlugin.in(folder), 0);
        try (EmbeddedEngine engine = EmbeddedEngine.start(settings, (path, key) -> Optional.empty())) {
            engine.kafka().createTopic(new TopicSpec("hanging", 1, Map.of()));
            String bootstrap = engine.kafka().bootstrapServers();
            OpenTransaction.in(bootstrap, "someone", List.of("hanging", WorkerProperties.OFFSETS));
            OpenTransaction.forget(bootstrap, "someone");
            assertThat(Numbers.committedEnd(engine, "hanging")).isZero();
        }

        long begin = System.nanoTime();
        try (EmbeddedEngine engine = EmbeddedEngine.start(settings, (path, key) -> Optional.empty())) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(READY_AGAIN);

            assertThat(Numbers.committedEnd(engine, "hanging")).isEqualTo(Numbers.end(engine, "hanging"));
            assertThat(Numbers.records(engine, "hanging")).isEmpty();
        }
    }

    @Test
    void leavesTheOpenTransactionOfAnotherProgramAlone() throws Exception {
        EmbeddedSettings settings = new EmbeddedSettings(folder.resolve("data"), CountingPlugin.in(folder), 0);
        try (EmbeddedEngine engine = EmbeddedEngine.start(settings, (path, key) -> Optional.empty())) {
            engine.kafka().createTopic(new TopicSpec("foreign", 1, Map.of()));
            OpenTransaction.in(engine.kafka().bootstrapServers(), "someone", List.of("foreign"));
        }

        try (EmbeddedEngine engine = EmbeddedEngine.start(settings, (path, key) -> Optional.empty())) {
            assertThat(Numbers.committedEnd(engine, "foreign")).isZero();
            assertThat(Numbers.end(engine, "foreign")).isOne();
        }
    }

    private static void assertCountedWithoutGapOrRepetition(EmbeddedEngine engine, String topic) {
        List<Long> found = Numbers.in(engine, topic);
        assertThat(found)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, found.size()).boxed().toList());
    }
}
