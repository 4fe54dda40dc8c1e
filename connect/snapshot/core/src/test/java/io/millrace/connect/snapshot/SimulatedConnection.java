package io.millrace.connect.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Schema;

/** A connection to the simulated database; it breaks now and then. */
final class SimulatedConnection implements TableConnection {
    private final SimulatedDatabase database;
    private final SimulatedTable table;
    private final Random random;
    private final Supplier<SimulatedView> views;

    SimulatedConnection(SimulatedDatabase database, SimulatedTable table, Random random, Supplier<SimulatedView> views)
            throws SQLException {
        this.database = database;
        this.table = table;
        this.random = random;
        this.views = views;
        breakNowAndThen();
    }

    private void breakNowAndThen() throws SQLException {
        if (random.nextInt(40) == 0) {
            throw new SQLException("the connection broke", "08006");
        }
    }

    static JsonNode position(int key) {
        return JsonNodeFactory.instance.objectNode().put("id", key);
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
        SortedMap<Integer, SimulatedRow> rows = views.get().rows().get(table.name());
        return rows.isEmpty() ? Optional.empty() : Optional.of(position(rows.lastKey()));
    }

    @Override
    public Optional<JsonNode> boundary(ChunkRange range, int rows) throws SQLException {
        breakNowAndThen();
        List<Integer> keys = new ArrayList<>(inRange(range, views.get()).keySet());
        return !table.keyed() || keys.size() < rows ? Optional.empty() : Optional.of(position(keys.get(rows - 1)));
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
                : Optional.of(position(rows.get(rows.size() - 1).key()));
        boolean last = whole && end.equals(range.greatest());
        return new ChunkRows(
                batches(rows, limits.batchRows()), end, whole || range.end().isEmpty(), last, view::sees);
    }

    private List<Batch> batches(List<SimulatedRow> rows, int most) {
        List<Batch> batches = new ArrayList<>();
        int from = 0;
        while (from < rows.size()) {
            int count = table.keyed() ? 1 + random.nextInt(Math.min(most, 3)) : rows.size();
            List<SimulatedRow> some = rows.subList(from, Math.min(rows.size(), from + count));
            batches.add(new Batch(
                    some.stream().map(this::row).toList(),
                    Optional.of(position(some.get(some.size() - 1).key())),
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
