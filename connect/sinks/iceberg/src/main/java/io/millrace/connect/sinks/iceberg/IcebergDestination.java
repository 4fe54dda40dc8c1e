package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.Positions;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.objectstore.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds changes of all tables in memory, and commits each table when it is due. */
final class IcebergDestination implements Destination {
    private static final Logger LOG = LoggerFactory.getLogger(IcebergDestination.class);

    private final IcebergSettings settings;
    private final Tables tables;
    private final Clock clock;
    private final Runnable commitSoon;
    private final Positions positions = new Positions();
    private final Map<String, TableWriter> writers = new LinkedHashMap<>();

    /** What is known of the records of a table in each partition since it came to this task. */
    private final Map<Flow, Progress> progress = new HashMap<>();

    /** Memory that is taken by what is held, about. */
    private long held;

    /** Why changes that were taken are gone; they are read again by a new task. */
    private Optional<String> lost = Optional.empty();

    /** Records of one table in one partition; dead letters of all tables share partitions when they come again. */
    private record Flow(TopicPartition partition, String table) {}

    /**
     * How far the records of a table are.
     *
     * @param committed what was given to be committed last; it may not have been yet
     * @param safe what was given before that: reading begins there or later after a kill
     * @param next behind the last record that was taken
     * @param resumed what the table had of it already when the task began
     */
    private record Progress(long committed, long safe, long next, Optional<Delivered.Range> resumed) {
        Progress behind(long offset) {
            return new Progress(committed, safe, offset + 1, resumed);
        }

        Progress committing(long offset) {
            return new Progress(offset, committed, next, resumed);
        }
    }

    /** Opens and closes what the tables are in. */
    interface Tables extends AutoCloseable {
        TableWriter writer(String table);

        @Override
        void close();
    }

    /** @param commitSoon asks for a commit of positions */
    IcebergDestination(IcebergSettings settings, Tables tables, Clock clock, Runnable commitSoon) {
        this.settings = settings;
        this.tables = tables;
        this.clock = clock;
        this.commitSoon = commitSoon;
    }

    @Override
    public void write(List<Change> changes) throws Exception {
        if (lost.isPresent()) {
            throw new ConnectException(lost.get());
        }
        for (TableWriter writer : List.copyOf(writers.values())) {
            if (writer.pending().filter(Pending::isAttempted).isPresent()) {
                commit(writer);
            }
        }
        held = writers.values().stream().mapToLong(TableWriter::bytes).sum();
        for (Change change : changes) {
            take(change);
        }
    }

    private void take(Change change) throws Exception {
        TopicPartition partition = change.partition();
        long offset = change.offset();
        if (positions.isTaken(partition, offset)) {
            return;
        }
        String name = settings.quote() ? change.table() : change.table().toLowerCase(Locale.ROOT);
        TableWriter writer = writers.computeIfAbsent(name, tables::writer);
        if (positions.isBeforeAll(partition, offset)) {
            LOG.warn("{} was made anew; its table goes on with offset {}", partition, offset);
            commit(writer);
            forget(List.of(partition));
        }
        Flow flow = new Flow(partition, name);
        Progress before = progress.get(flow);
        if (before == null) {
            before = begun(flow, writer, offset);
        }
        if (before.resumed().filter(range -> range.contains(offset)).isEmpty()) {
            if (change.kind() == Change.Kind.TRUNCATE) {
                truncate(writer, flow, offset);
            } else {
                held -= writer.bytes();
                writer.add(change, clock.instant());
                held += writer.bytes();
            }
        }
        progress.put(flow, before.behind(offset));
        positions.took(partition, offset);
        makeRoom();
    }

    /** Finds out which records the table has, once for each partition. */
    private Progress begun(Flow flow, TableWriter writer, long offset) throws Exception {
        return translated(() -> {
            Optional<Delivered.Range> resumed =
                    writer.delivered().of(flow.partition()).filter(range -> range.contains(offset));
            resumed.ifPresent(range -> LOG.info(
                    "{} has the records of {} up to {} already; they are not written again",
                    flow.table(),
                    flow.partition(),
                    range.to()));
            long safe = resumed.map(Delivered.Range::from).orElse(offset);
            Progress begun = new Progress(safe, safe, offset, resumed);
            progress.put(flow, begun);
            return begun;
        });
    }

    private void truncate(TableWriter writer, Flow flow, long offset) throws Exception {
        Map<TopicPartition, Delivered.Range> ranges = ranges(flow.table());
        long safe = Optional.ofNullable(progress.get(flow)).map(Progress::safe).orElse(offset);
        ranges.put(flow.partition(), new Delivered.Range(safe, offset + 1));
        translated(() -> {
            writer.truncate(ranges);
            return true;
        });
    }

    private void makeRoom() throws Exception {
        if (held >= settings.limits().bytes()) {
            commit(writers.values().stream()
                    .max(Comparator.comparingLong(TableWriter::bytes))
                    .orElseThrow());
        }
    }

    private void commit(TableWriter writer) throws Exception {
        long bytes = writer.bytes();
        if (writer.pending().isPresent()) {
            translated(() -> {
                writer.commit(ranges(writer.table()));
                return true;
            });
            held -= bytes;
            commitSoon.run();
        }
    }

    /** Returns which records a table has when all that is held of it is committed. */
    private Map<TopicPartition, Delivered.Range> ranges(String table) {
        Map<TopicPartition, Delivered.Range> ranges = new HashMap<>();
        progress.forEach((flow, at) -> {
            if (flow.table().equals(table) && at.next() > at.safe()) {
                ranges.put(flow.partition(), new Delivered.Range(at.safe(), at.next()));
            }
        });
        return ranges;
    }

    @Override
    public void idle() throws Exception {
        Instant due = clock.instant().minus(settings.limits().age());
        for (TableWriter writer : List.copyOf(writers.values())) {
            if (writer.pending().filter(held -> !held.since().isAfter(due)).isPresent()) {
                commit(writer);
            }
        }
    }

    @Override
    public boolean holdsBack() {
        return true;
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> commit(Map<TopicPartition, OffsetAndMetadata> handedOver) {
        Map<TopicPartition, Long> first = new HashMap<>();
        writers.values().forEach(writer -> writer.pending().ifPresent(pending -> pending.first()
                .forEach((partition, offset) -> first.merge(partition, offset, Math::min))));
        Map<TopicPartition, OffsetAndMetadata> durable = new HashMap<>();
        handedOver.forEach((partition, behind) -> {
            long offset = Math.min(behind.offset(), first.getOrDefault(partition, Long.MAX_VALUE));
            positions.isSafe(partition, offset);
            progress.replaceAll((flow, at) -> flow.partition().equals(partition) ? at.committing(offset) : at);
            durable.put(partition, new OffsetAndMetadata(offset));
        });
        return durable;
    }

    /** What is held of the partitions is committed: the table says so to whoever reads them again. */
    @Override
    public void release(Collection<TopicPartition> partitions) {
        for (TableWriter writer : List.copyOf(writers.values())) {
            if (writer.pending()
                    .filter(pending -> pending.first().keySet().stream().anyMatch(partitions::contains))
                    .isPresent()) {
                try {
                    commit(writer);
                } catch (Exception e) {
                    LOG.warn("What is held of {} is not committed, and read again: {}", writer.table(), e.toString());
                    writer.drop();
                    lost = Optional.of("Changes of " + writer.table() + " could not be committed when partitions went"
                            + " to another task; they are read again: " + e.getMessage());
                }
            }
        }
        forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
        positions.forget(partitions);
        progress.keySet().removeIf(flow -> partitions.contains(flow.partition()));
    }

    @Override
    public void close() {
        writers.clear();
        tables.close();
    }

    /** Runs a call, and says of what goes wrong whether time can help. */
    private static <T> T translated(Call<T> call) throws Exception {
        try {
            return call.run();
        } catch (ValidationException | NotAuthorizedException | ForbiddenException e) {
            throw new ConnectException(e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof StoreException store) {
                    throw store.lasting() ? new ConnectException(store.getMessage(), e) : store;
                }
            }
            throw e;
        }
    }

    private interface Call<T> {
        T run() throws IOException, RefusedException;
    }
}
