package io.millrace.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.engine.ConnectorName;
import io.millrace.engine.ConnectorState;
import io.millrace.engine.ConnectorStatus;
import io.millrace.engine.EngineException;
import io.millrace.engine.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartedEngineTest {
    @TempDir
    private Path folder;

    @Test
    void keepsConfigurationsOffsetsAndIntentsOverARestart() {
        EmbeddedSettings settings = new EmbeddedSettings(folder.resolve("data"), CountingPlugin.in(folder), 0);
        Counting running = Counting.into("running");
        Counting paused = Counting.into("paused");
        Counting stopped = Counting.into("stopped");
        EmbeddedEngine first = start(settings);
        List.of(running, paused, stopped).forEach(counting -> first.connect().put(counting.name(), counting.config()));
        List.of(running, paused, stopped)
                .forEach(counting -> awaitTask(first, counting.name(), ConnectorState.RUNNING));
        await().atMost(Duration.ofSeconds(30)).until(() -> Numbers.committedEnd(first, "running") > 20);
        first.connect().pause(paused.name());
        first.connect().stop(stopped.name());
        awaitTask(first, paused.name(), ConnectorState.PAUSED);
        long begin = System.nanoTime();
        first.close();
        first.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));

        try (EmbeddedEngine second = start(settings)) {
            assertThat(second.failure()).isEmpty();
            assertThat(second.connect().connectors()).containsOnly(running.name(), paused.name(), stopped.name());
            awaitTask(second, paused.name(), ConnectorState.PAUSED);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            second.connect().status(stopped.name()).map(ConnectorStatus::state))
                    .contains(ConnectorState.STOPPED));
            long atRestart = Numbers.end(second, "running");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Numbers.committedEnd(second, "running") > atRestart + 20);
            second.connect().delete(running.name());
            List<Long> numbers = Numbers.in(second, "running");
            assertThat(numbers)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, numbers.size()).boxed().toList());

            assertThatAnExitIsAFailure(second, running.name());
        }
    }

    private static void assertThatAnExitIsAFailure(EmbeddedEngine engine, ConnectorName name) {
        assertThatThrownBy(() -> Exit.halt(1, "disk is gone")).isInstanceOf(EngineException.class);

        assertThat(engine.failure().orElseThrow()).contains("halt 1").contains("disk is gone");
        assertThatThrownBy(() -> engine.connect().stop(name))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("must be started anew")
                .hasMessageContaining("disk is gone");
    }

    private static EmbeddedEngine start(EmbeddedSettings settings) {
        return EmbeddedEngine.start(settings, (path, key) -> Optional.empty());
    }

    private static void awaitTask(EmbeddedEngine engine, ConnectorName name, ConnectorState state) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(engine.connect()
                        .status(name)
                        .flatMap(status -> status.tasks().stream().findFirst())
                        .map(TaskStatus::state))
                .contains(state));
    }
}
