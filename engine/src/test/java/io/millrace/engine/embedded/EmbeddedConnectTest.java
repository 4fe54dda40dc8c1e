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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedConnectTest {
    private static final AtomicReference<String> FAIL_AT = new AtomicReference<>("0");

    private static EmbeddedEngine engine;

    @BeforeAll
    static void start(@TempDir Path folder) {
        engine = EmbeddedEngine.start(
                new EmbeddedSettings(folder.resolve("data"), CountingPlugin.in(folder), 0),
                (path, key) -> secret(path + "/" + key));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void runsAConnectorThatWasPut() {
        Counting counting = Counting.into("runs").with(CountingConnector.LAST, 25);

        engine.connect().put(counting.name(), counting.config());

        awaitState(counting.name(), ConnectorState.RUNNING);
        awaitNumbers("runs", 25);
        ConnectorStatus status = engine.connect().statuses().get(counting.name());
        assertThat(status.workerId()).isEqualTo(engine.kafka().bootstrapServers());
        assertThat(status.tasks())
                .containsExactly(
                        new TaskStatus(0, ConnectorState.RUNNING, engine.kafka().bootstrapServers(), Optional.empty()));
        assertThat(engine.connect().connectors()).contains(counting.name());
    }

    @Test
    void knowsWhichConnectorClassesAreInstalled() {
        assertThat(engine.connect().hasPlugin(CountingConnector.class.getName()))
                .isTrue();
        assertThat(engine.connect().hasPlugin("org.example.Missing")).isFalse();
    }

    @Test
    void showsSecretsToTasksAndNowhereElse() {
        Counting counting = Counting.into("secrets")
                .with(CountingConnector.LAST, 1)
                .with(CountingConnector.SECRET, "${secret:counting:text}");

        engine.connect().put(counting.name(), counting.config());

        awaitNumbers("secrets", 1);
        assertThat(Numbers.records(engine, "secrets").get(0).key()).contains("s3cr3t");
        assertThat(engine.connect().config(counting.name()).orElseThrow())
                .containsEntry(CountingConnector.SECRET, "${secret:counting:text}");
        assertThat(Numbers.records(engine, WorkerProperties.CONFIGS))
                .isNotEmpty()
                .noneMatch(record -> String.valueOf(record.value()).contains("s3cr3t"));
    }

    @Test
    void saysWhichSecretIsMissing() {
        Counting counting = Counting.into("nosecret").with(CountingConnector.SECRET, "${secret:counting:other}");

        assertThatThrownBy(() -> engine.connect().put(counting.name(), counting.config()))
                .isInstanceOf(EngineException.class)
                .hasMessage("connector counting_nosecret cannot be put: there is no secret other of counting");
    }

    @Test
    void saysWhatIsWrongWithAConfiguration() {
        ConnectorName name = new ConnectorName("wrong");

        assertThatThrownBy(() -> engine.connect()
                        .put(name, Map.of("connector.class", CountingConnector.class.getName(), "tasks.max", "1")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("connector wrong cannot be put")
                .hasMessageContaining("Missing required configuration \"topic\"");
        assertThat(engine.connect().connectors()).doesNotContain(name);
    }

    @Test
    void putOfTheSameConfigurationRestartsNothing() {
        Counting counting = Counting.into("same").with(CountingConnector.FAIL_AT, 5);
        engine.connect().put(counting.name(), counting.config());
        awaitTask(counting.name(), ConnectorState.FAILED);

        engine.connect().put(counting.name(), counting.config());
        Counting changed = Counting.into("same").with(CountingConnector.LAST, 40);

        assertThat(task(counting.name())).map(TaskStatus::state).contains(ConnectorState.FAILED);
        engine.connect().put(counting.name(), changed.config());
        awaitNumbers("same", 40);
    }

    @Test
    void showsTheTraceOfAFailedTaskAndRestartsItWithSecretsReadAnew() {
        FAIL_AT.set("15");
        Counting counting = Counting.into("fails")
                .with(CountingConnector.FAIL_AT, "${secret:counting:fail}")
                .with(CountingConnector.LAST, 30);

        engine.connect().put(counting.name(), counting.config());

        awaitTask(counting.name(), ConnectorState.FAILED);
        assertThat(task(counting.name()).flatMap(TaskStatus::trace).orElseThrow())
                .contains("told to fail at 15")
                .contains(CountingTask.class.getName());
        assertThat(engine.connect().status(counting.name()).orElseThrow().state())
                .isEqualTo(ConnectorState.RUNNING);
        FAIL_AT.set("0");
        engine.connect().restart(counting.name(), true);
        awaitNumbers("fails", 30);
        awaitTask(counting.name(), ConnectorState.RUNNING);
    }

    @Test
    void aRestartIsAnsweredWithTheReportsOfTheNewLife() {
        FAIL_AT.set("5");
        Counting counting = Counting.into("anew").with(CountingConnector.FAIL_AT, "${secret:counting:fail}");
        engine.connect().put(counting.name(), counting.config());
        awaitTask(counting.name(), ConnectorState.FAILED);
        FAIL_AT.set("0");

        engine.connect().restart(counting.name(), false);

        assertThat(task(counting.name()).map(TaskStatus::state)).contains(ConnectorState.RUNNING);
        assertThat(engine.connect().status(counting.name()).orElseThrow().state())
                .isEqualTo(ConnectorState.RUNNING);
        awaitSomeNumbers("anew");
    }

    @Test
    void pauseKeepsTheTaskAndResumeGoesOn() {
        Counting counting = Counting.into("pauses");
        engine.connect().put(counting.name(), counting.config());
        awaitSomeNumbers("pauses");

        engine.connect().pause(counting.name());

        awaitTask(counting.name(), ConnectorState.PAUSED);
        int sent = Numbers.in(engine, "pauses").size();
        engine.connect().pause(counting.name());
        engine.connect().resume(counting.name());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Numbers.in(engine, "pauses").size() > sent);
        engine.connect().delete(counting.name());
        assertCountedWithoutGap("pauses");
    }

    @Test
    void stopTakesTheTaskAwayAndOffsetsAreForgottenOnRequest() {
        Counting counting = Counting.into("stops").with(CountingConnector.LAST, 20);
        engine.connect().put(counting.name(), counting.config());
        awaitNumbers("stops", 20);
        assertThatThrownBy(() -> engine.connect().resetOffsets(counting.name()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("counting_stops")
                .hasMessageContaining("stop it first");

        engine.connect().stop(counting.name());
        engine.connect().stop(counting.name());
        engine.connect().resetOffsets(counting.name());

        assertThat(engine.connect().status(counting.name()).orElseThrow().tasks())
                .isEmpty();
        awaitState(counting.name(), ConnectorState.STOPPED);
        engine.connect().resume(counting.name());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Numbers.in(engine, "stops").size() == 40);
        assertThat(Numbers.in(engine, "stops").subList(20, 40)).containsExactlyElementsOf(numbers(1, 20));
    }

    @Test
    void deleteRemovesTheConnectorAndKeepsItsOffsets() {
        Counting counting = Counting.into("deletes").with(CountingConnector.LAST, 20);
        engine.connect().put(counting.name(), counting.config());
        awaitNumbers("deletes", 20);

        engine.connect().delete(counting.name());
        engine.connect().delete(counting.name());

        assertThat(engine.connect().connectors()).doesNotContain(counting.name());
        assertThat(engine.connect().status(counting.name())).isEmpty();
        assertThat(engine.connect().config(counting.name())).isEmpty();
        Counting again = counting.with(CountingConnector.LAST, 30);
        engine.connect().put(again.name(), again.config());
        awaitNumbers("deletes", 30);
    }

    @Test
    void nothingOfAConnectorRunsAnyMoreWhenItsDeletionReturns() {
        Counting counting = Counting.into("ends").with(CountingConnector.FAREWELL, 1000);
        engine.connect().put(counting.name(), counting.config());
        awaitSomeNumbers("ends");
        String task = "task-thread-" + counting.name() + "-0";
        assertThat(threads()).contains(task);

        engine.connect().delete(counting.name());

        assertThat(threads()).doesNotContain(task);
    }

    @Test
    void namesAConnectorThatDoesNotExist() {
        ConnectorName nobody = new ConnectorName("nobody");

        assertThatThrownBy(() -> engine.connect().stop(nobody))
                .isInstanceOf(EngineException.class)
                .hasMessage("connector nobody cannot be stopped: it does not exist");
        assertThatThrownBy(() -> engine.connect().pause(nobody)).hasMessageContaining("nobody cannot be paused");
        assertThatThrownBy(() -> engine.connect().restart(nobody, false)).hasMessageContaining("it does not exist");
    }

    private static Optional<String> secret(String name) {
        return switch (name) {
            case "counting/text" -> Optional.of("s3cr3t");
            case "counting/fail" -> Optional.of(FAIL_AT.get());
            default -> Optional.empty();
        };
    }

    private static void awaitState(ConnectorName name, ConnectorState state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(engine.connect().status(name).map(ConnectorStatus::state))
                        .contains(state));
    }

    private static void awaitTask(ConnectorName name, ConnectorState state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(task(name).map(TaskStatus::state)).contains(state));
    }

    private static Optional<TaskStatus> task(ConnectorName name) {
        return engine.connect().status(name).flatMap(status -> status.tasks().stream()
                .findFirst());
    }

    private static void awaitNumbers(String topic, int last) {
        awaitTopic(topic);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Numbers.in(engine, topic)).containsExactlyElementsOf(numbers(1, last)));
    }

    private static void awaitSomeNumbers(String topic) {
        awaitTopic(topic);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Numbers.in(engine, topic).size() > 20);
    }

    private static void awaitTopic(String topic) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> engine.kafka().topics().contains(topic));
    }

    private static void assertCountedWithoutGap(String topic) {
        List<Long> found = Numbers.in(engine, topic);
        assertThat(found).containsExactlyElementsOf(numbers(1, found.size()));
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}
