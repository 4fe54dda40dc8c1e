package io.millrace.connect.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the task does with the ways in which a destination fails. */
class DestinationTaskTest {
    private final Records records = new Records();
    private final Notebook notebook = new Notebook();
    private Optional<DrivenTask> driven = Optional.empty();

    /** Keeps what it is given, except for what it was told to refuse or to have trouble with. */
    private static final class Notebook implements Destination {
        private final List<Long> taken = new ArrayList<>();
        private final Set<Long> refused = new HashSet<>();
        private final Set<Long> heldAndRefused = new HashSet<>();
        private final List<Change> held = new ArrayList<>();
        private boolean tells;
        private int troubles;
        private int later;

        @Override
        public void write(List<Change> changes) throws Exception {
            for (Change change : changes) {
                if (refused.contains(change.offset())) {
                    throw tells
                            ? new RefusedException(change, "no " + change.offset())
                            : new RefusedException("none of them", new IOException());
                }
            }
            if (later-- > 0) {
                throw new LaterException(Duration.ofMillis(1), "not now");
            }
            if (troubles-- > 0) {
                throw new IOException("away");
            }
            for (Change change : changes) {
                if (heldAndRefused.contains(change.offset())) {
                    held.add(change);
                } else {
                    taken.add(change.offset());
                }
            }
        }

        @Override
        public void idle() throws RefusedException {
            if (!held.isEmpty()) {
                throw new RefusedException(held.remove(0), "too late");
            }
        }

        @Override
        public void close() {}
    }

    private final class Task extends DestinationTask {
        @Override
        protected Destination open(Map<String, String> settings) {
            return notebook;
        }
    }

    @AfterEach
    void stop() {
        driven.ifPresent(DrivenTask::close);
    }

    @Test
    void findsARefusedChangeAmongManyAndKeepsTheOrderOfTheRest() {
        notebook.refused.addAll(Set.of(2L, 5L));
        DrivenTask task = task(Map.of());

        task.put(batch(8));

        assertThat(notebook.taken).containsExactly(0L, 1L, 3L, 4L, 6L, 7L);
        assertThat(aside(task)).containsExactly(2L, 5L);
    }

    @Test
    void setsAsideOnceWhatIsRefusedThoughTheBatchComesAgain() {
        notebook.refused.add(1L);
        notebook.tells = true;
        notebook.troubles = 3;
        DrivenTask task = task(Map.of());

        task.put(batch(3));

        assertThat(task.retries()).isEqualTo(3);
        assertThat(notebook.taken).containsExactly(0L, 2L);
        assertThat(aside(task)).containsExactly(1L);
    }

    @Test
    void setsAsideWhatWasHeldBackAndIsRefusedLater() {
        notebook.heldAndRefused.addAll(Set.of(0L, 2L));
        DrivenTask task = task(Map.of());

        task.put(batch(3));

        assertThat(notebook.taken).containsExactly(1L);
        assertThat(aside(task)).containsExactly(0L, 2L);
    }

    @Test
    void waitsAsOftenAsTheDestinationAsksWithoutLosingPatience() {
        notebook.later = 200;
        DrivenTask task = task(Map.of());

        task.put(batch(1));

        assertThat(task.retries()).isEqualTo(200);
        assertThat(notebook.taken).containsExactly(0L);
    }

    @Test
    void failsWithTheReasonWhenTroubleLasts() {
        notebook.troubles = 10_000;
        DrivenTask task = task(Map.of());

        assertThatThrownBy(() -> task.put(batch(1)))
                .isInstanceOf(ConnectException.class)
                .hasMessage("away");
    }

    @Test
    void failsWithTheRecordWhenNothingMayBeLeftOut() {
        notebook.refused.add(1L);
        DrivenTask task = task(Map.of("errors.tolerance", "none"));

        assertThatThrownBy(() -> task.put(batch(3)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("Record orders-0@1 was refused");
        assertThat(aside(task)).isEmpty();
    }

    private DrivenTask task(Map<String, String> settings) {
        DrivenTask task = new DrivenTask(new Task(), settings);
        driven = Optional.of(task);
        return task;
    }

    private List<SinkRecord> batch(int size) {
        List<SinkRecord> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            batch.add(records.upsert(i, "n"));
        }
        return batch;
    }

    private static List<Long> aside(DrivenTask task) {
        return task.deadLetters().stream()
                .map(refused -> refused.record().kafkaOffset())
                .toList();
    }
}
