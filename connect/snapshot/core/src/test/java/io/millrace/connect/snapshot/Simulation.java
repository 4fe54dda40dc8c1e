package io.millrace.connect.snapshot;

import io.millrace.control.ControlJson;
import io.millrace.control.ControlTopics;
import io.millrace.control.DesiredRun;
import io.millrace.control.DesiredSnapshot;
import io.millrace.control.DesiredTopic;
import io.millrace.control.Intent;
import io.millrace.control.RunTerms;
import io.millrace.control.TopicProgress;
import io.millrace.control.TopicState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * One schedule of the engine with everything around it, in one thread and without a clock: writers, late visibility,
 * readers step by step, the task, a broker that commits later, stops, pauses, broken connections and kills, all drawn
 * from one seed. Every record that is committed is judged as it arrives.
 */
final class Simulation {
    private static final int KEYS = 12;
    private static final int STEPS = 250;
    private static final int MOST_STEPS_TO_END = 20_000;
    private static final String RUN = "run";

    private final Random random;
    private final boolean exactlyOnce;
    private final boolean writesMarkers;
    private final int parallelism;
    private final RunTerms terms;
    private final List<SimulatedTable> tables;
    private final SimulatedDatabase database;
    private final Map<String, SimulatedTopic> topics = new HashMap<>();
    private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
    private final Map<Map<String, ?>, Map<String, Object>> unflushed = new HashMap<>();
    private final Map<String, Intent> intents = new HashMap<>();
    private final List<Runner> readers = new ArrayList<>();
    private Intent intent = Intent.RUN;
    private long revision = 1;
    private long nanos;
    private List<SourceRecord> inFlight = List.of();
    private SimulatedStream stream;
    private SnapshotEngine engine;
    private Timeline timeline;

    /** A reader and what it waits for. */
    private static final class Runner {
        private final TableReader reader;
        private long waitsForSignalAfter = -1;

        Runner(TableReader reader) {
            this.reader = reader;
        }
    }

    Simulation(long seed) {
        random = new Random(seed);
        exactlyOnce = random.nextInt(3) != 0;
        writesMarkers = random.nextInt(3) != 0;
        parallelism = 1 + random.nextInt(3);
        terms = random.nextInt(4) == 0 ? RunTerms.BLOCKING : RunTerms.UNLIMITED;
        boolean keyed = random.nextInt(4) != 0;
        boolean scanned = !keyed && terms.equals(RunTerms.BLOCKING) && random.nextBoolean();
        tables = List.of(new SimulatedTable("a", true, false), new SimulatedTable("b", keyed, scanned));
        database = new SimulatedDatabase(random, writesMarkers, tables, this::whileAViewIsOpened);
        for (SimulatedTable table : tables) {
            topics.put(table.topic(), new SimulatedTopic(table, exactlyOnce));
            intents.put(table.topic(), Intent.RUN);
        }
        for (int i = 0; i < 15; i++) {
            database.write(KEYS);
            database.show();
        }
        database.showAll();
        // what was there before the source existed is not streamed
        offsets.put(SimulatedStream.PARTITION, Map.of("entry", database.log().size(), "change", 0));
        start();
    }

    private void start() {
        readers.clear();
        inFlight = List.of();
        stream = new SimulatedStream(database, !writesMarkers, offsets.get(SimulatedStream.PARTITION));
        timeline = new Timeline(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), () -> {});
        ReaderRunner runner = new ReaderRunner() {
            @Override
            public void start(TableReader reader) {
                readers.add(new Runner(reader));
            }

            @Override
            public void cancelQuery(TableReader reader) {}

            @Override
            public void close(SharedView view) {
                view.close();
            }
        };
        engine = new SnapshotEngine(
                new SnapshotSettings("1", parallelism, 4, Map.of()),
                database,
                topic -> offsets.get(SnapshotRecords.partition(topic)),
                timeline,
                runner,
                () -> nanos += 1_000_000);
    }

    /** Runs the schedule to its end; throws {@link AssertionError} at the first violation. */
    void run() {
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        intent = intent == Intent.PAUSE ? Intent.RUN : intent;
        intents.replaceAll((topic, wish) -> wish == Intent.PAUSE ? Intent.RUN : wish);
        revision++;
        for (int i = 0; !isOver(); i++) {
            if (i == MOST_STEPS_TO_END) {
                throw new AssertionError("the run does not come to its end: "
                        + topics.get("source_1.public.a").progress() + ", "
                        + topics.get("source_1.public.b").progress());
            }
            database.show();
            advance();
        }
        for (int i = 0; !stream.isAtEnd() || !inFlight.isEmpty() || !readers.isEmpty(); i++) {
            if (i == MOST_STEPS_TO_END) {
                throw new AssertionError("the stream does not go on");
            }
            advance(); // without exactly-once an end may have been forgotten
            commit();
            poll();
        }
        commit();
        poll(0); // what was kept back
        commit();
        tables.forEach(this::compare);
    }

    private void step() {
        int choice = random.nextInt(100);
        if (choice < 20) {
            database.write(KEYS);
        } else if (choice < 25) {
            database.show();
        } else if (choice < 97) {
            advance();
        } else if (choice < 98) {
            control();
        } else if (choice < 99) {
            kill();
        } else {
            flush();
        }
    }

    private void advance() {
        int choice = random.nextInt(4);
        if (choice == 0) {
            poll();
        } else if (choice == 1) {
            commit();
        } else if (!readers.isEmpty()) {
            step(readers.get(random.nextInt(readers.size())));
        }
    }

    /** The task goes on while a reader waits for the database. */
    private void whileAViewIsOpened() {
        for (int i = random.nextInt(3); i > 0; i--) {
            commit();
            poll();
        }
    }

    private void step(Runner runner) {
        if (runner.waitsForSignalAfter == timeline.signals()) {
            return;
        }
        long seen = timeline.signals();
        TableReader.Step next = runner.reader.step();
        runner.waitsForSignalAfter = next instanceof TableReader.Step.AwaitSignal ? seen : -1;
        if (next instanceof TableReader.Step.Over) {
            readers.remove(runner);
        }
    }

    // The task and its worker

    private void poll() {
        poll(random.nextInt(6));
    }

    private void poll(int most) {
        if (!inFlight.isEmpty()) {
            return;
        }
        engine.apply(desired());
        List<SourceRecord> due = engine.announcements();
        if (due.isEmpty()) {
            due = engine.process(stream.poll(engine.isHeld() ? 0 : most));
            due.addAll(engine.handOver());
        }
        inFlight = due;
    }

    private void commit() {
        inFlight.forEach(this::deliver);
        inFlight.forEach(SnapshotEngine::acknowledge);
        inFlight = List.of();
        if (exactlyOnce) {
            flush();
        }
    }

    private void deliver(SourceRecord delivered) {
        unflushed.put(delivered.sourcePartition(), new HashMap<>(delivered.sourceOffset()));
        if (delivered.topic().equals(ControlTopics.PROGRESS)) {
            TopicProgress progress = ControlJson.read((byte[]) delivered.value(), TopicProgress.class);
            topics.get(progress.topic()).take(progress);
        } else if (delivered.value() instanceof SimulatedRow row) {
            topics.get(delivered.topic()).take(row);
        } else if (delivered.value() instanceof SimulatedDatabase.Streamed streamed) {
            streamed.change()
                    .ifPresent(
                            topics.get(delivered.topic()) == null ? change -> {} : topics.get(delivered.topic())::take);
        }
    }

    private void flush() {
        offsets.putAll(unflushed);
        unflushed.clear();
    }

    /** Without exactly-once a part of what was handed over may have arrived; with it all or nothing. */
    private void kill() {
        if (exactlyOnce) {
            if (random.nextBoolean()) {
                commit();
            }
        } else {
            inFlight.subList(0, random.nextInt(inFlight.size() + 1)).forEach(this::deliver);
            unflushed.clear();
        }
        start();
    }

    // The server

    private DesiredSnapshot desired() {
        List<DesiredTopic> wanted = tables.stream()
                .map(table -> new DesiredTopic(
                        table.topic(), table.table(), intents.get(table.topic()), Optional.empty(), Optional.empty()))
                .toList();
        return new DesiredSnapshot(
                "1", revision, Optional.of(new DesiredRun(RUN, intent, wanted, Optional.empty(), terms)));
    }

    private void control() {
        revision++;
        switch (random.nextInt(6)) {
            case 0 -> {
                intents.put(tables.get(random.nextInt(2)).topic(), Intent.STOP);
                confirm();
            }
            case 1 -> {
                intent = random.nextInt(3) == 0 ? Intent.STOP : intent;
                confirm();
            }
            case 2 -> intent = intent == Intent.RUN ? Intent.PAUSE : intent;
            case 3 -> intents.replace(tables.get(random.nextInt(2)).topic(), Intent.RUN, Intent.PAUSE);
            case 4 -> intents.replace(tables.get(random.nextInt(2)).topic(), Intent.PAUSE, Intent.RUN);
            default -> intent = intent == Intent.PAUSE ? Intent.RUN : intent;
        }
    }

    /** A stop is confirmed without any record of the stream and any step of a reader (S7). */
    private void confirm() {
        for (int i = 0; i < 4; i++) {
            commit();
            poll(0);
        }
        commit();
        for (SimulatedTable table : tables) {
            boolean stopped = intent == Intent.STOP || intents.get(table.topic()) == Intent.STOP;
            if (stopped && !topics.get(table.topic()).isOver()) {
                throw new AssertionError("S7: the stop of " + table.name() + " is not confirmed");
            }
        }
    }

    private boolean isOver() {
        return topics.values().stream().allMatch(SimulatedTopic::isOver) && inFlight.isEmpty();
    }

    private void compare(SimulatedTable table) {
        SimulatedTopic topic = topics.get(table.topic());
        TopicProgress last = topic.progress().orElseThrow();
        if (last.state() == TopicState.COMPLETED) {
            topic.compareUpTo(Integer.MAX_VALUE, KEYS);
        } else {
            topic.compareUpTo(last.lastKey().map(key -> key.get("id").asInt()).orElse(-1), KEYS);
        }
        boolean spoiled =
                last.state() == TopicState.FAILED && !last.error().orElse("").contains("reads of");
        if (spoiled || (last.state() == TopicState.CANCELLED && !wasStopped(table))) {
            throw new AssertionError(table.name() + " ended by itself: " + last);
        }
    }

    private boolean wasStopped(SimulatedTable table) {
        return intent == Intent.STOP || intents.get(table.topic()) == Intent.STOP;
    }
}
