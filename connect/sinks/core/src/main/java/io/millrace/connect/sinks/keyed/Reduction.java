package io.millrace.connect.sinks.keyed;

import io.millrace.connect.sinks.row.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last state of each key after some changes, so that each key is written once. What is deleted is deleted before
 * anything is upserted, which keeps a row that came anew from inheriting columns of its predecessor.
 */
public final class Reduction {
    private final Map<RowKey, State> states = new LinkedHashMap<>();

    /**
     * What is to be done about a key.
     *
     * @param delete whether the row that is there has to go
     * @param row what it is to be then; nothing when it is to be gone
     */
    private record State(boolean delete, Optional<Row> row) {}

    /** The row of a key is now so, as far as told. */
    public void put(RowKey key, Row row) {
        State before = states.get(key);
        if (before == null) {
            states.put(key, new State(false, Optional.of(row)));
        } else {
            states.put(
                    key,
                    new State(
                            before.delete(),
                            before.row().map(known -> known.changedTo(row)).or(() -> Optional.of(row))));
        }
    }

    /** The row of a key is gone. */
    public void remove(RowKey key) {
        states.put(key, new State(true, Optional.empty()));
    }

    /** Returns keys of rows that have to go, before the upserts, in groups of the same columns. */
    public Map<List<String>, List<RowKey>> deletes() {
        Map<List<String>, List<RowKey>> deletes = new LinkedHashMap<>();
        states.forEach((key, state) -> {
            if (state.delete()) {
                deletes.computeIfAbsent(key.names(), columns -> new ArrayList<>())
                        .add(key);
            }
        });
        return deletes;
    }

    /** Columns of a key, and columns of rows. */
    public record Form(List<Column> key, List<Column> columns) {}

    /** Returns rows as they are to be, in groups that tell the same columns. */
    public Map<Form, List<Row>> upserts() {
        Map<Form, List<Row>> upserts = new LinkedHashMap<>();
        states.forEach((key, state) -> state.row().ifPresent(row -> upserts.computeIfAbsent(
                        new Form(key.columns(), row.columns()), form -> new ArrayList<>())
                .add(row)));
        return upserts;
    }
}
