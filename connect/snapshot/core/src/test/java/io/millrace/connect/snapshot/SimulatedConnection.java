package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import org.apache.kafka.connect.data.Schema;

/** A connection to the simulated database; it breaks now and then. */
final class SimulatedConnection implements TableConnection {
    private final SimulatedDatabase database;
    private final SimulatedTable table;
    private final Random random;
    private final boolean scanned;
    private final Views views;

    /** Where a connection reads: each time in a view of its own, or in one that is shared and may be lost. */
    @FunctionalInterface
    interface Views {
        SimulatedView get() throws ViewLostException;
    }

    /**
     * Connects.
     *
     * @param scanned whether a read begins where the last one ended in the same view, or at the first row
     */
    SimulatedConnection(SimulatedDatabase database, SimulatedTable table, Random random, boolean scanned, Views views)
            throws SQLException {
        this.database = database;
        this.table = table;
        this.random = random;
        this.scanned = scanned;
        this.views = views;
        breakNowAndThen();
    }

    private void breakNowAndThen() throws SQLException {
        if (random.nextInt(40) == 0) {
            throw new SQLException("the connection broke", "08006");
        }
    }

    private JsonNode position(int key, SimulatedView view) {
        ObjectNode position = JsonNodeFactory.instance.objectNode().put("id", key);
        return scanned ? position.put("view", view.number()) : position;
    }

    private static int key(JsonNode position) {
        return position.get("id").asInt();
    }

    @Override
    public void settle() throws SQLException {
        breakNowAndThen();
        database.showAll();
    }

    @Override
    public List<String> keyColumns() {
        return List.of("id");
    }

    @Override
    public Optional<Long> averageRowBytes() {
        return Optional.of(1L);
    }

    @Override
    public Optional<JsonNode> greatestKey() throws SQLException {
        breakNowAndThen();
        SimulatedView view = views.get();
        SortedMap<Integer, SimulatedRow> rows = view.rows().get(table.name());
        return rows.isEmpty() || scanned ? Optional.empty() : Optional.of(position(rows.lastKey(), view));
    }

    @Override
    public boolean beginsAnywhere() {
        return !scanned;
    }

    @Override
    public Optional<JsonNode> boundary(ChunkRange range, int rows) throws SQLException {
        breakNowAndThen();
        SimulatedView view = views.get();
        List<Integer> keys = new ArrayList<>(inRange(range, view).keySet());
        return !table.keyed() || keys.size() < rows
                ? Optional.empty()
                : Optional.of(position(keys.get(rows - 1), view));
    }

    private SortedMap<Integer, SimulatedRow> inRange(ChunkRange range, SimulatedView view) {
        int after = range.after().map(SimulatedConnection::key).orElse(Integer.MIN_VALUE);
        int end = range.end().or(range::greatest).map(SimulatedConnection::key).orElse(Integer.MIN_VALUE);
        SortedMap<Integer, SimulatedRow> rows = view.rows().get(table.name());
        return after >= end ? rows.subMap(0, 0) : rows.subMap(after + 1, end + 1);
    }

    @Override
    public ChunkRows read(ChunkRange range, ChunkLimits limits) throws SQLException {
        breakNowAndThen();
        SimulatedView view = views.get();
        return scanned ? scan(range, view, limits) : read(range, view, limits);
    }

    private ChunkRows scan(ChunkRange range, SimulatedView view, ChunkLimits limits) {
        int after = range.after()
                .filter(position -> position.path("view").asLong(-1) == view.number())
                .map(SimulatedConnection::key)
                .orElse(-1);
        List<SimulatedRow> left =
                new ArrayList<>(view.rows().get(table.name()).tailMap(after + 1).values());
        List<SimulatedRow> rows = left.subList(0, Math.min(left.size(), limits.rows()));
        int end = rows.isEmpty() ? after : rows.get(rows.size() - 1).key();
        return new ChunkRows(
                batches(rows, view, limits.batchRows()),
                Optional.of(position(end, view)),
                true,
                rows.size() < limits.rows(),
                view::sees);
    }

    private ChunkRows read(ChunkRange range, SimulatedView view, ChunkLimits limits) {
        List<SimulatedRow> rows = new ArrayList<>(inRange(range, view).values());
        boolean early = random.nextInt(5) == 0;
        int most = range.end().isPresent() ? rows.size() : limits.rows();
        if (early) {
            most = Math.max(1, Math.min(most, 2));
        }
        boolean whole = rows.size() <= most && !(range.end().isEmpty() && rows.size() == most);
        rows = rows.subList(0, Math.min(rows.size(), most));
        Optional<JsonNode> end = whole
                ? range.end().or(range::greatest)
                : Optional.of(position(rows.get(rows.size() - 1).key(), view));
        boolean last = whole && end.equals(range.greatest());
        return new ChunkRows(
                batches(rows, view, limits.batchRows()),
                end,
                whole || range.end().isEmpty(),
                last,
                view::sees);
    }

    private List<Batch> batches(List<SimulatedRow> rows, SimulatedView view, int most) {
        List<Batch> batches = new ArrayList<>();
        int from = 0;
        while (from < rows.size()) {
            int count = table.keyed() ? 1 + random.nextInt(Math.min(most, 3)) : rows.size();
            List<SimulatedRow> some = rows.subList(from, Math.min(rows.size(), from + count));
            batches.add(new Batch(
                    some.stream().map(this::row).toList(),
                    Optional.of(position(some.get(some.size() - 1).key(), view)),
                    some.size()));
            from += some.size();
        }
        return batches;
    }

    private Row row(SimulatedRow row) {
        return new Row(table.keyed() ? SimulatedDatabase.key(row.key()) : null, null, null, Schema.STRING_SCHEMA, row);
    }

    @Override
    public Mark mark(String text) throws SQLException {
        breakNowAndThen();
        Mark mark = database.mark(text);
        breakNowAndThen();
        return mark;
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {}
}
