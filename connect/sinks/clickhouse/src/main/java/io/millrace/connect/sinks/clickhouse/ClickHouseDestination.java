package io.millrace.connect.sinks.clickhouse;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.Position;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.row.Column;
import io.millrace.connect.sinks.row.RowShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Inserts changes; with one row for each key the last version of a row counts, in whatever order they are inserted. */
final class ClickHouseDestination implements Destination {
    private static final Logger LOG = LoggerFactory.getLogger(ClickHouseDestination.class);
    private static final String TIME = "_streamkap_ts_ms";

    /** Behind the time, the version has the last bits of the position: for changes of the same millisecond. */
    private static final int POSITION_BITS = 20;

    /** A statement must not be longer than 256 KiB, unless it is told so. */
    private static final int KEYS_AT_A_TIME = 200;

    private final ClickHouse server;
    private final ClickHouseSettings settings;
    private final Tables tables;
    private final Untold untold;
    private final RowShape.Cache shapes = new RowShape.Cache();
    private final Map<Kin, List<Line>> waiting = new LinkedHashMap<>();
    private final Set<String> statements = new LinkedHashSet<>();

    /** What was inserted of the changes that are being offered, until all of them are. */
    private final Set<Position> written = new HashSet<>();

    ClickHouseDestination(ClickHouse server, ClickHouseSettings settings) {
        this.server = server;
        this.settings = settings;
        tables = new Tables(server, settings);
        untold = new Untold(server, settings.naming());
    }

    /**
     * Rows that go into one statement: those of one table and one form.
     *
     * @param untold columns of the table that the rows do not tell, and that keep what is in them
     */
    private record Kin(String table, RowShape shape, Set<String> keys, Set<String> untold) {}

    /** A row as it is inserted, and its key as text. */
    private record Line(Change change, List<String> key, String text) {}

    @Override
    public void write(List<Change> changes) throws Exception {
        waiting.clear();
        try {
            for (Change change : changes) {
                if (!written.contains(change.position())) {
                    take(change);
                }
            }
            flush();
            for (String statement : List.copyOf(statements)) {
                server.ask(statement);
                statements.remove(statement);
            }
        } catch (ClickHouseException e) {
            tables.forget();
            throw e;
        }
        written.clear();
    }

    @Override
    public void release(Collection<TopicPartition> partitions) {
        written.clear();
    }

    @Override
    public void close() {}

    private void take(Change change) throws RefusedException, ClickHouseException {
        if (change.kind() == Change.Kind.TRUNCATE) {
            truncate(change);
        } else if (!change.isTombstone()) {
            Struct row = change.row().orElseThrow();
            RowShape shape = shapes.of(row.schema());
            Set<String> keys = keys(change, shape);
            Map<String, String> types = tables.holding(change, shape, keys);
            Line line = line(change, shape, row, types);
            Kin kin = new Kin(change.table(), shape, keys, untold(change, shape, types));
            if (!kin.untold().isEmpty() && waiting.keySet().stream().anyMatch(other -> isBefore(other, kin))) {
                flush();
            }
            waiting.computeIfAbsent(kin, first -> new ArrayList<>()).add(line);
        }
    }

    /** What rows do not tell is read after what waits for the same table was written. */
    private static boolean isBefore(Kin other, Kin kin) {
        return other.table().equals(kin.table()) && !other.equals(kin);
    }

    private Set<String> untold(Change change, RowShape shape, Map<String, String> types) {
        if (!settings.mode().upsert() || change.kind() == Change.Kind.DELETE) {
            return Set.of();
        }
        Set<String> untold = new LinkedHashSet<>(types.keySet());
        shape.columns().forEach(column -> untold.remove(column.name()));
        untold.removeAll(Set.of(Tables.VERSION, Tables.IS_DELETED));
        return untold;
    }

    private void truncate(Change change) throws RefusedException, ClickHouseException {
        flush();
        if (!settings.mode().upsert()) {
            LOG.warn("Table {} was truncated; its events stay in ClickHouse", change.table());
        } else if (tables.has(change.table())) {
            server.ask("TRUNCATE TABLE " + tables.quoted(change.table()));
        }
        written.add(change.position());
    }

    /** Returns the columns of the key that are in the row; a table of rows needs one. */
    private Set<String> keys(Change change, RowShape shape) throws RefusedException {
        Set<String> named = change.key().stream()
                .flatMap(key -> key.schema().fields().stream())
                .map(Field::name)
                .collect(Collectors.toSet());
        Set<String> keys = shape.columns().stream()
                .map(Column::name)
                .filter(named::contains)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (keys.isEmpty() && settings.mode().upsert()) {
            throw new RefusedException(
                    change,
                    "A row without a key cannot be kept up to date; choose ingestion.mode append, or give it a key");
        }
        return keys;
    }

    private Line line(Change change, RowShape shape, Struct row, Map<String, String> types) throws RefusedException {
        try {
            String text = RowLine.of(
                    shape, row, types, settings.mode().upsert() ? Optional.of(marks(change, row)) : Optional.empty());
            return new Line(change, RowLine.key(shape, row, keys(change, shape)), text);
        } catch (IOException | RuntimeException e) {
            throw new RefusedException(change, "The row cannot be written: " + e.getMessage());
        }
    }

    private RowLine.Marks marks(Change change, Struct row) {
        boolean deleted = change.kind() == Change.Kind.DELETE;
        Optional<String> statement = deleted
                ? settings.deletes().statements().after(change.record().originalTopic(), tables.quoted(change.table()))
                : Optional.empty();
        statement.ifPresent(statements::add);
        return new RowLine.Marks(
                version(change, row), deleted && settings.deletes().hard() && statement.isEmpty());
    }

    private static long version(Change change, Struct row) {
        Object told = row.schema().field(TIME) == null ? null : row.get(TIME);
        Long recorded = change.record().timestamp();
        long millis = told instanceof Long time ? time : recorded == null ? 0 : recorded;
        return (Math.max(0, millis) << POSITION_BITS) | (change.offset() & ((1 << POSITION_BITS) - 1));
    }

    private void flush() throws RefusedException, ClickHouseException {
        for (Map.Entry<Kin, List<Line>> group : List.copyOf(waiting.entrySet())) {
            if (group.getKey().untold().isEmpty()) {
                insert(statement(group.getKey()), group.getValue());
            } else {
                complete(group.getKey(), group.getValue());
            }
            waiting.remove(group.getKey());
        }
    }

    private void complete(Kin kin, List<Line> lines) throws RefusedException, ClickHouseException {
        for (int from = 0; from < lines.size(); from += KEYS_AT_A_TIME) {
            List<Line> some = lines.subList(from, Math.min(lines.size(), from + KEYS_AT_A_TIME));
            Map<List<String>, String> values = untold.values(
                    tables.quoted(kin.table()),
                    kin.keys(),
                    kin.untold(),
                    some.stream().map(Line::key).toList());
            insert(
                    statement(kin),
                    some.stream()
                            .map(line -> values.containsKey(line.key())
                                    ? new Line(
                                            line.change(),
                                            line.key(),
                                            line.text().substring(0, line.text().length() - 1) + ","
                                                    + values.get(line.key()) + "}")
                                    : line)
                            .toList());
        }
    }

    private String statement(Kin kin) {
        List<String> columns = new ArrayList<>();
        kin.shape().columns().forEach(column -> columns.add(settings.naming().quoted(column.name())));
        kin.untold().forEach(column -> columns.add(settings.naming().quoted(column)));
        if (settings.mode().upsert()) {
            columns.add(Tables.VERSION);
            columns.add(Tables.IS_DELETED);
        }
        return "INSERT INTO " + tables.quoted(kin.table()) + " (" + String.join(", ", columns) + ") FORMAT JSONEachRow";
    }

    /** Rows that are refused together are halved until a single one is found to be the reason. */
    private void insert(String statement, List<Line> lines) throws RefusedException, ClickHouseException {
        try {
            server.insert(statement, lines.stream().map(Line::text).collect(Collectors.joining("\n")));
        } catch (ClickHouseException e) {
            if (!e.isOfValues()) {
                throw e;
            }
            if (lines.size() == 1) {
                throw new RefusedException(lines.get(0).change(), e.getMessage());
            }
            insert(statement, lines.subList(0, lines.size() / 2));
            insert(statement, lines.subList(lines.size() / 2, lines.size()));
            return;
        }
        lines.forEach(line -> written.add(line.change().position()));
    }
}
