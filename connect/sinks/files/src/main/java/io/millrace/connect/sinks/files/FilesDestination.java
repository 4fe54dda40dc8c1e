package io.millrace.connect.sinks.files;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.Positions;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.files.format.Part;
import io.millrace.connect.sinks.files.format.UnfitException;
import io.millrace.objectstore.ObjectName;
import io.millrace.objectstore.ObjectStore;
import io.millrace.objectstore.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers rows in files on the local disk, and puts each into the store when it is due. */
final class FilesDestination implements Destination {
    private static final Logger LOG = LoggerFactory.getLogger(FilesDestination.class);

    /** Files in the making at a time; with one more, the oldest is finished. */
    private static final int MOST_OPEN = 200;

    /** What all files together may hold in memory, about. */
    private static final long MEMORY = 128L << 20;

    private static final long LEAST_MEMORY = 1L << 20;
    private static final long MOST_MEMORY = 16L << 20;

    private final FileSettings settings;
    private final ObjectStore store;
    private final Clock clock;
    private final Worker worker;
    private final Layouts layouts;
    private final Positions positions = new Positions();

    /** In the order in which they were begun. */
    private final Map<Group, Making> open = new LinkedHashMap<>();

    /** Finished, and not in the store yet. */
    private final Deque<Making> waiting = new ArrayDeque<>();

    FilesDestination(FileSettings settings, ObjectStore store, Clock clock, Worker worker) {
        this.settings = settings;
        this.store = store;
        this.clock = clock;
        this.worker = worker;
        layouts = new Layouts(settings.fields());
    }

    /**
     * What the worker is asked.
     *
     * @param commit asks for a commit soon
     * @param partitions how many this task has
     */
    record Worker(Runnable commit, IntSupplier partitions) {}

    /**
     * Records that share a file.
     *
     * @param parts of their rows, where a file has one form; rows that lack a column go back and forth with whole ones
     */
    private record Group(TopicPartition partition, String table, String key, List<Part> parts) {}

    @Override
    public void write(List<Change> changes) throws IOException, RefusedException {
        store();
        for (Change change : changes) {
            take(change);
        }
    }

    private void take(Change change) throws IOException, RefusedException {
        TopicPartition partition = change.partition();
        long offset = change.offset();
        if (positions.isTaken(partition, offset)) {
            return;
        }
        if (positions.isBeforeAll(partition, offset)) {
            LOG.warn("{} was made anew; its files go on with offset {}", partition, offset);
            finish(partition);
            positions.forget(List.of(partition));
        }
        Optional<Layouts.Laid> laid = layouts.of(change);
        if (laid.isPresent()) {
            add(change, partition, laid.get());
        }
        positions.took(partition, offset);
        store();
    }

    private void add(Change change, TopicPartition partition, Layouts.Laid laid) throws RefusedException {
        SinkRecord record = change.record();
        Group group = new Group(
                partition,
                change.table(),
                settings.name().byKey() ? Layouts.key(record) : "",
                settings.format().isFixed() ? laid.parts() : List.of());
        Making making = open.get(group);
        if (making == null) {
            making = begun(group, record, laid);
        }
        try {
            making.append(laid);
        } catch (UnfitException e) {
            if (making.isEmpty()) {
                open.remove(group);
                making.close();
            }
            throw new RefusedException(change, e.getMessage());
        } catch (IOException e) {
            throw lost(e);
        }
        if (making.isFull(settings.limits())) {
            finish(partition);
        }
    }

    private Making begun(Group group, SinkRecord record, Layouts.Laid laid) {
        if (open.size() >= MOST_OPEN) {
            finish(open.keySet().iterator().next().partition());
        }
        Instant now = clock.instant();
        long memory = Math.max(
                LEAST_MEMORY,
                Math.min(MOST_MEMORY, MEMORY / Math.max(1, worker.partitions().getAsInt())));
        try {
            Making making = new Making(
                    new Making.Start(
                            group.partition(),
                            now,
                            new ObjectName.First(
                                    group.table(),
                                    group.partition().partition(),
                                    record.originalKafkaOffset(),
                                    record.timestamp() == null ? now : Instant.ofEpochMilli(record.timestamp()),
                                    group.key())),
                    laid.parts(),
                    settings,
                    memory);
            open.put(group, making);
            return making;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Finishes all files of a partition, so that its position moves on behind all of them, and boundaries stay the same. */
    private void finish(TopicPartition partition) {
        open.keySet().stream()
                .filter(group -> group.partition().equals(partition))
                .toList()
                .forEach(this::finish);
    }

    private void finish(Group group) {
        Making making = open.get(group);
        try {
            making.finish();
        } catch (IOException e) {
            throw lost(e);
        }
        open.remove(group);
        waiting.add(making);
    }

    /** The local disk failed: what was gathered is gone, and is read again from the last commit by a new task. */
    private static ConnectException lost(IOException e) {
        return new ConnectException("A file could not be written to the local disk: " + e.getMessage(), e);
    }

    private void store() throws IOException {
        while (!waiting.isEmpty()) {
            Making making = waiting.element();
            try {
                String name = name(making.start());
                store.put(name, making.content(), making.start().partition().topic());
                LOG.debug("{} is in the store, {} bytes", name, making.content().length());
            } catch (StoreException e) {
                if (e.lasting()) {
                    throw new ConnectException(e.getMessage(), e);
                }
                throw e;
            }
            waiting.remove().close();
            worker.commit().run();
        }
    }

    /**
     * Returns what a file is called. Tables of one name may come from several topics, and a source that is made anew begins
     * its topics again: where a file of another topic has the name, the whole name of the topic stands in place of the
     * table's.
     */
    private String name(Making.Start start) throws IOException {
        String name = named(start.first());
        String topic = start.partition().topic();
        boolean taken = !settings.name().byKey()
                && store.origin(name).filter(owner -> !owner.equals(topic)).isPresent();
        return taken ? named(start.first().withTopic(topic)) : name;
    }

    private String named(ObjectName.First first) {
        String name = settings.prefix() + settings.name().of(first);
        String extension = settings.format().extension(settings.compression());
        return name.endsWith(extension) ? name : name + extension;
    }

    @Override
    public void idle() throws IOException {
        Instant due = clock.instant().minus(settings.limits().age());
        open.entrySet().stream()
                .filter(entry -> !entry.getValue().start().at().isAfter(due))
                .map(entry -> entry.getKey().partition())
                .distinct()
                .toList()
                .forEach(this::finish);
        store();
    }

    @Override
    public boolean holdsBack() {
        return true;
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> commit(Map<TopicPartition, OffsetAndMetadata> handedOver) {
        Map<TopicPartition, Long> held = new HashMap<>();
        Stream.concat(open.values().stream(), waiting.stream())
                .forEach(making -> held.merge(
                        making.start().partition(), making.start().first().offset(), Math::min));
        Map<TopicPartition, OffsetAndMetadata> durable = new HashMap<>();
        handedOver.forEach((partition, behind) -> {
            long offset = Math.min(behind.offset(), held.getOrDefault(partition, Long.MAX_VALUE));
            positions.isSafe(partition, offset);
            durable.put(partition, new OffsetAndMetadata(offset));
        });
        return durable;
    }

    @Override
    public void release(Collection<TopicPartition> partitions) {
        drop(open.values().iterator(), partitions);
        drop(waiting.iterator(), partitions);
        positions.forget(partitions);
    }

    private static void drop(Iterator<Making> all, Collection<TopicPartition> partitions) {
        while (all.hasNext()) {
            Making making = all.next();
            if (partitions.contains(making.start().partition())) {
                all.remove();
                making.close();
            }
        }
    }

    @Override
    public void close() {
        open.values().forEach(Making::close);
        waiting.forEach(Making::close);
        open.clear();
        waiting.clear();
    }
}
