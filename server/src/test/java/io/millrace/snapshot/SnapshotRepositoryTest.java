package io.millrace.snapshot;

import static io.millrace.control.TopicState.COMPLETED;
import static io.millrace.control.TopicState.FAILED;
import static io.millrace.control.TopicState.PAUSED;
import static io.millrace.control.TopicState.RUNNING;
import static io.millrace.snapshot.Runs.SOURCE;
import static io.millrace.snapshot.Runs.T0;
import static io.millrace.snapshot.Runs.reported;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.control.DesiredSnapshot;
import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.RunWindow;
import io.millrace.control.SnapshotKind;
import io.millrace.http.Page;
import io.millrace.http.PageRequest;
import io.millrace.http.SortDirection;
import io.millrace.store.OnEveryStore;
import io.millrace.store.Store;
import io.millrace.store.TestStore;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryStore
class SnapshotRepositoryTest {
    private final TestStore database;

    @TempDir
    private Path folder;

    private Store store;
    private SnapshotRepository repository;

    SnapshotRepositoryTest(TestStore database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        store = database.open(folder);
        repository = new SnapshotRepository(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keepsARunAsItIs() {
        Run run = everything();
        insert(run);

        assertThat(repository.newest(SOURCE)).contains(run);
        assertThat(repository.find(SOURCE, run.id())).contains(run);
    }

    @Test
    void keepsEveryStateOfARunAndItsTopics() {
        Run pending = Runs.pending("orders", "items");
        Run running = reported(pending, "orders", RUNNING, 1, 10);
        insert(pending);
        Run stored = pending;
        for (Run next : List.of(
                running,
                running.pause(topic -> true, 2),
                reported(running.pause(topic -> true, 2), "orders", PAUSED, 2, 10),
                running.stop(topic -> topic.topic().equals(Runs.topic("items")), T0),
                running.stop(topic -> true, T0),
                reported(reported(running, "orders", COMPLETED, 1, 20), "items", FAILED, 1, 5),
                reported(reported(running, "orders", COMPLETED, 1, 20), "items", COMPLETED, 1, 5),
                running.stop(topic -> true, T0).confirmStops(T0))) {
            Run before = stored;
            repository.change(SOURCE, runs -> {
                runs.update(before, next);
                return true;
            });
            stored = next;

            assertThat(repository.newest(SOURCE)).contains(next);
        }
    }

    @Test
    void allowsOneActiveRunOfASource() {
        insert(Runs.pending("orders"));

        assertThatThrownBy(() -> insert(Runs.pending(new RunId("66b0f2d1a1b2c3d4e5f60002"), "orders")))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void findsTheRunThatARequestStarted() {
        Run run = everything();
        insert(run);

        assertThat(requested("request-1")).contains(run);
        assertThat(requested("request-2")).isEmpty();
    }

    @Test
    void knowsNoRunOfAnotherSource() {
        Run run = everything();
        insert(run);

        assertThat(repository.find("66b0f1c9a1b2c3d4e5f60009", run.id())).isEmpty();
        assertThat(repository.newest("66b0f1c9a1b2c3d4e5f60009")).isEmpty();
    }

    @Test
    void listsRunsNewestFirstByStateAndPage() {
        List<Run> runs = Stream.of(1, 2, 3)
                .map(n -> reported(
                        Runs.pending(new RunId("66b0f2d1a1b2c3d4e5f6000" + n), "orders"),
                        "orders",
                        n == 2 ? FAILED : COMPLETED,
                        1,
                        n))
                .toList();
        runs.forEach(this::insert);

        assertThat(page(List.of(), 1).result()).containsExactly(runs.get(2), runs.get(1));
        assertThat(page(List.of(), 1).hasNext()).isTrue();
        assertThat(page(List.of(), 2).result()).containsExactly(runs.get(0));
        assertThat(page(List.of(), 9).result()).isEmpty();
        assertThat(page(List.of("failed"), 1).result()).containsExactly(runs.get(1));
        assertThat(page(List.of("failed"), 1).total()).isEqualTo(1);
    }

    @Test
    void saysWhatTheTaskShouldBeTold() {
        Run run = Runs.pending("orders", "items");
        insert(run);
        Run stopped = reported(run, "orders", RUNNING, 1, 10)
                .stop(topic -> topic.topic().equals(Runs.topic("items")), T0);
        repository.change(SOURCE, runs -> {
            runs.update(run, stopped);
            runs.touch();
            return true;
        });

        DesiredSnapshot document = repository.desired(SOURCE).orElseThrow().document();

        assertThat(document.revision()).isEqualTo(2);
        assertThat(document.run().orElseThrow().intent()).isEqualTo(Intent.RUN);
        assertThat(document.run().orElseThrow().topics())
                .extracting(topic -> topic.topic() + " " + topic.intent())
                .containsExactly(
                        Runs.topic("orders").id() + " RUN", Runs.topic("items").id() + " STOP");
    }

    @Test
    void wantsNothingWhenTheNewestRunIsOver() {
        insert(reported(Runs.pending("orders"), "orders", COMPLETED, 1, 10));

        assertThat(repository.desired(SOURCE).orElseThrow().document())
                .isEqualTo(new DesiredSnapshot(SOURCE, 1, Optional.empty()));
    }

    @Test
    void listsWhatTasksMayNotKnow() {
        insert(reported(Runs.pending("orders"), "orders", COMPLETED, 1, 10));
        assertThat(repository.outstanding()).containsExactly(SOURCE);

        repository.published(SOURCE, 1);
        assertThat(repository.outstanding()).isEmpty();
        assertThat(repository.desired(SOURCE).orElseThrow().isPublished()).isTrue();

        insert(Runs.pending(new RunId("66b0f2d1a1b2c3d4e5f60002"), "orders"));
        repository.published(SOURCE, 2);
        assertThat(repository.outstanding()).containsExactly(SOURCE);
    }

    @Test
    void givesEachOfManyChangesAtATimeARevisionOfItsOwn() {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<CompletableFuture<Long>> changes = IntStream.range(0, 64)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> repository.change(SOURCE, runs -> {
                                runs.touch();
                                return runs.nextRevision();
                            }),
                            threads))
                    .toList();

            assertThat(changes.stream().map(CompletableFuture::join)).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void showsPausedAndStoppingAsRunningAndSkippedNotAtAll() {
        Run run = Run.pending(
                new RunId("66b0f2d1a1b2c3d4e5f60001"),
                SOURCE,
                Runs.order(Optional.empty()),
                List.of(Runs.pending("orders").topics().get(0), RunTopic.skipped(Runs.topic("log"), T0)));
        insert(run.stop(topic -> true, T0));

        assertThat(states("source_snapshot", "source_id")).containsExactly(SOURCE + " running");
        assertThat(states("topic_snapshot", "topic"))
                .containsExactly(Runs.topic("orders").id() + " running");
    }

    private Optional<Run> requested(String requestId) {
        return repository.change(SOURCE, runs -> runs.byRequest(requestId));
    }

    private List<String> states(String view, String key) {
        return store.read(handle -> handle.createQuery("select " + key + " as k, state from " + view)
                .map((row, context) -> row.getString("k") + " " + row.getString("state"))
                .list());
    }

    private Page<Run> page(List<String> statuses, int number) {
        return repository.page(
                SOURCE,
                statuses,
                Optional.empty(),
                new PageRequest(number, 2, Optional.empty(), SortDirection.ASC),
                SortDirection.DESC);
    }

    private void insert(Run run) {
        repository.change(SOURCE, runs -> {
            runs.insert(run);
            runs.touch();
            return true;
        });
    }

    private static Run everything() {
        RunOrder order = new RunOrder(
                "client",
                T0,
                Optional.of("request-1"),
                Optional.of("created_at"),
                List.of(new AdditionalCondition("public.orders", "id > 10")),
                Optional.of(List.of("public.items")),
                new RunTerms(
                        SnapshotKind.INCREMENTAL,
                        Optional.of(1000L),
                        Optional.empty(),
                        List.of(new RunWindow(LocalTime.of(22, 0), LocalTime.of(5, 30), ZoneId.of("Europe/Berlin")))),
                Optional.of(new RunId("66b0f2d1a1b2c3d4e5f60009")));
        RunTopic filtered = RunTopic.pending(
                Runs.topic("orders"),
                List.of("a", "b"),
                Optional.of("id > 10"),
                Optional.of(Runs.key(7)),
                Optional.empty());
        RunTopic counted = Runs.pending("items").topics().get(0);
        return Run.pending(
                new RunId("66b0f2d1a1b2c3d4e5f60001"),
                SOURCE,
                order,
                List.of(filtered, counted, RunTopic.skipped(Runs.topic("log"), T0)));
    }
}
