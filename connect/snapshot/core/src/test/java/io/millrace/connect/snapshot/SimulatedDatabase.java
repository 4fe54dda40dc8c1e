package io.millrace.connect.snapshot;

import io.millrace.control.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A database with a log, in memory. A transaction is in the log when it commits, and visible to reads some time later:
 * the two moments are steps of the simulation of their own. Rows are locked until then, as in a real one.
 */
final class SimulatedDatabase implements SnapshotDatabase {
    private static final Schema KEY =
            SchemaBuilder.struct().name("key").field("id", Schema.INT32_SCHEMA).build();

    /** An entry of the log: the changes of a transaction, or a marker. */
    record Entry(long transaction, List<SimulatedChange> changes, Optional<String> marker) {}

    /** What a record of the stream holds as its value. */
    record Streamed(
            long transaction, OptionalLong position, Optional<SimulatedChange> change, Optional<String> marker) {}

    private static final int KEYS_WRITTEN_MEANWHILE = 12;

    /** Fewer than a table is given up after. */
    private static final int MOST_LOST_VIEWS = 5;

    private final Random random;
    private final boolean writesMarkers;
    private final List<SimulatedTable> tables;
    private final List<Entry> log = new ArrayList<>();
    private final Set<Long> invisible = new HashSet<>();
    private final Runnable meanwhile;
    private long transactions;
    private long versions;
    private long views;
    private int lostViews;

    /**
     * Makes a database.
     *
     * @param meanwhile what else happens while a view is opened
     */
    SimulatedDatabase(Random random, boolean writesMarkers, List<SimulatedTable> tables, Runnable meanwhile) {
        this.random = random;
        this.writesMarkers = writesMarkers;
        this.tables = tables;
        this.meanwhile = meanwhile;
    }

    List<Entry> log() {
        return log;
    }

    // Writers

    /** Commits a transaction of a few changes, if none of the rows is locked. */
    void write(int keys) {
        long transaction = transactions + 1;
        List<SimulatedChange> changes = new ArrayList<>();
        SimulatedTable table = tables.get(random.nextInt(tables.size()));
        if (random.nextInt(60) == 0 && invisible.isEmpty()) {
            changes.add(new SimulatedChange(
                    table, SimulatedChange.Kind.TRUNCATE, new SimulatedRow(0, ++versions, 0), true));
        } else {
            for (int i = random.nextInt(3); i >= 0; i--) {
                // one key in two is a hot one
                change(table, random.nextBoolean() ? random.nextInt(keys) : random.nextInt(2), changes);
            }
        }
        if (!changes.isEmpty()) {
            transactions = transaction;
            changes.forEach(SimulatedDatabase::apply);
            log.add(new Entry(transaction, changes, Optional.empty()));
            invisible.add(transaction);
            if (random.nextInt(4) != 0) {
                invisible.remove(transaction);
            }
        }
    }

    private void change(SimulatedTable table, int key, List<SimulatedChange> changes) {
        boolean locked = log.stream()
                .filter(entry -> invisible.contains(entry.transaction()))
                .flatMap(entry -> entry.changes().stream())
                .anyMatch(change -> touches(change, table, key));
        if (locked || changes.stream().anyMatch(change -> touches(change, table, key))) {
            return;
        }
        SimulatedRow before = table.latest().get(key);
        long version = ++versions;
        if (before == null) {
            changes.add(new SimulatedChange(
                    table, SimulatedChange.Kind.INSERT, new SimulatedRow(key, version, version), true));
        } else if (random.nextInt(3) == 0) {
            changes.add(
                    new SimulatedChange(table, SimulatedChange.Kind.DELETE, new SimulatedRow(key, version, 0), true));
        } else {
            boolean whole = !table.keyed() || random.nextBoolean();
            changes.add(new SimulatedChange(
                    table,
                    SimulatedChange.Kind.UPDATE,
                    new SimulatedRow(key, version, whole ? version : before.wide()),
                    whole));
        }
    }

    private static boolean touches(SimulatedChange change, SimulatedTable table, int key) {
        return change.table().name().equals(table.name())
                && (change.kind() == SimulatedChange.Kind.TRUNCATE
                        || change.row().key() == key);
    }

    private static void apply(SimulatedChange change) {
        apply(change, change.table().latest());
    }

    private static void apply(SimulatedChange change, SortedMap<Integer, SimulatedRow> rows) {
        if (change.kind() == SimulatedChange.Kind.TRUNCATE) {
            rows.clear();
        } else if (change.kind() == SimulatedChange.Kind.DELETE) {
            rows.remove(change.row().key());
        } else {
            rows.put(change.row().key(), change.row());
        }
    }

    /** Lets reads see one more transaction, whichever. */
    void show() {
        List<Long> hidden = new ArrayList<>(invisible);
        if (!hidden.isEmpty()) {
            hidden.sort(null);
            invisible.remove(hidden.get(random.nextInt(hidden.size())));
        }
    }

    /** Lets reads see everything. */
    void showAll() {
        invisible.clear();
    }

    // Reads

    /** Returns what a read sees now, marked if there is a text for it. */
    private SimulatedView view(Optional<String> marker) {
        Map<String, SortedMap<Integer, SimulatedRow>> rows = new HashMap<>();
        tables.forEach(table -> rows.put(table.name(), rows(table)));
        Set<Long> hidden = Set.copyOf(invisible);
        long newest = transactions;
        return new SimulatedView(
                rows, hidden, newest, marker.map(this::mark).orElse(new Mark.Place(0)), views++, new AtomicBoolean());
    }

    private SortedMap<Integer, SimulatedRow> rows(SimulatedTable table) {
        SortedMap<Integer, SimulatedRow> rows = new TreeMap<>();
        for (Entry entry : log) {
            if (!invisible.contains(entry.transaction())) {
                entry.changes().stream()
                        .filter(change -> change.table().name().equals(table.name()))
                        .forEach(change -> apply(change, rows));
            }
        }
        return rows;
    }

    Mark mark(String text) {
        if (!writesMarkers) {
            return new Mark.Place(log.size());
        }
        log.add(new Entry(++transactions, List.of(), Optional.of(text)));
        return new Mark.Text(text);
    }

    @Override
    public TableConnection open(TableName name, Optional<String> surrogateKey, Optional<String> filter)
            throws SQLException {
        return new SimulatedConnection(this, table(name), random, false, () -> view(Optional.empty()));
    }

    @Override
    public SharedView openView(String marker, List<TableName> read) throws SQLException {
        if (random.nextInt(10) == 0) {
            throw new SQLException("the connection broke", "08006");
        }
        meanwhile.run();
        showAll();
        for (int i = random.nextInt(4); i > 0; i--) {
            write(KEYS_WRITTEN_MEANWHILE);
        }
        SimulatedView view = view(Optional.of(marker));
        meanwhile.run();
        return view;
    }

    @Override
    public Optional<TableConnection> openIn(SharedView view, TableName name) throws SQLException {
        SimulatedView shared = (SimulatedView) view;
        return random.nextInt(10) == 0
                ? Optional.empty()
                : Optional.of(new SimulatedConnection(
                        this, table(name), random, table(name).scanned(), () -> open(shared)));
    }

    /** A view is lost now and then, and after that to all who read in it. */
    private SimulatedView open(SimulatedView view) throws ViewLostException {
        if (lostViews < MOST_LOST_VIEWS && random.nextInt(60) == 0) {
            lostViews++;
            view.lost().set(true);
        }
        if (view.lost().get()) {
            throw new ViewLostException("the session of the view broke");
        }
        return view;
    }

    private SimulatedTable table(TableName name) {
        return tables.stream()
                .filter(one -> one.table().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void checkReachable() {}

    static Struct key(int id) {
        return new Struct(KEY).put("id", id);
    }

    // Stream

    @Override
    public StreamEvent classify(SourceRecord streamed) {
        Streamed value = (Streamed) streamed.value();
        if (value.marker().isPresent()) {
            return new StreamEvent.Marker(value.marker().get(), value.position());
        }
        if (value.change().isEmpty()) {
            return new StreamEvent.Other(value.position());
        }
        SimulatedChange change = value.change().get();
        OptionalLong transaction = OptionalLong.of(value.transaction());
        return change.kind() == SimulatedChange.Kind.TRUNCATE
                ? new StreamEvent.Truncation(change.table().table(), transaction, value.position())
                : new StreamEvent.RowChange(
                        change.table().table(),
                        change.table().keyed() ? key(change.row().key()) : null,
                        change.kind() == SimulatedChange.Kind.INSERT,
                        change.whole(),
                        transaction,
                        value.position());
    }
}
