package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.iceberg.IcebergSettings.Mode;
import io.millrace.connect.sinks.keyed.KeyChoice;
import io.millrace.connect.sinks.keyed.Row;
import io.millrace.connect.sinks.keyed.RowKey;
import io.millrace.connect.sinks.keyed.RowKeys;
import io.millrace.connect.sinks.row.Column;
import io.millrace.connect.sinks.row.RowShape;
import java.io.IOException;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the changes of one table, and commits them. Not thread-safe. */
final class TableWriter {
    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);
    private static final int MOST_FORMS = 1_000;
    private static final long MOST_FILE_BYTES = 512L << 20;

    private final IcebergSettings settings;
    private final String table;
    private final TableIdentifier name;
    private final TableEvolution evolution;
    private final RowKeys recordKeys = new RowKeys(new KeyChoice(KeyChoice.Holder.RECORD_KEY, List.of()));
    private final RowKeys namedKeys;
    private final RowShape.Cache shapes = new RowShape.Cache();
    private final IdentityHashMap<List<Column>, List<Column>> named = new IdentityHashMap<>();
    private Optional<Pending> pending = Optional.empty();
    private int commits;

    /** @param table its name without the namespace */
    TableWriter(IcebergSettings settings, Catalog catalog, String table) {
        this.settings = settings;
        this.table = table;
        name = TableIdentifier.of(settings.levels(), table);
        evolution = new TableEvolution(catalog, name);
        namedKeys = new RowKeys(new KeyChoice(KeyChoice.Holder.RECORD_VALUE, settings.idColumns()));
    }

    /** Returns what is held; nothing when all is committed. */
    Optional<Pending> pending() {
        return pending;
    }

    /** Returns the name of the table, without its namespace. */
    String table() {
        return table;
    }

    /** Returns the memory that is taken, about. */
    long bytes() {
        return pending.map(Pending::bytes).orElse(0L);
    }

    /** Gives up what is held. */
    void drop() {
        pending = Optional.empty();
    }

    /** Returns which records the table has, as it says itself. */
    Delivered delivered() {
        return evolution
                .find()
                .map(table -> Delivered.of(table, settings.sink()))
                .orElseGet(() -> new Delivered(Map.of()));
    }

    /**
     * Takes a change that is no truncation.
     *
     * @throws RefusedException when it can never be taken; then it was not
     */
    void add(Change change, Instant now) throws RefusedException {
        Optional<RowKey> key = settings.mode() == Mode.INSERT ? Optional.empty() : key(change);
        Optional<Row> row = row(change);
        if (key.isEmpty()) {
            row.ifPresent(added -> held(now).add(added));
        } else if (change.kind() == Change.Kind.UPSERT) {
            held(now).put(key.get(), row.orElseThrow());
        } else if (settings.mode() == Mode.UPSERT) {
            held(now).remove(change, key.get());
        } else if (row.isPresent()) {
            held(now).put(key.get(), row.get().only(key.get().names()));
        }
    }

    private Pending held(Instant now) {
        if (pending.isEmpty()) {
            pending = Optional.of(new Pending(now));
        }
        return pending.get();
    }

    /** A key of the record wins over the columns that the settings name. */
    private Optional<RowKey> key(Change change) throws RefusedException {
        Optional<RowKey> key = recordKeys.of(change);
        if (key.isEmpty() && !settings.idColumns().isEmpty()) {
            key = namedKeys.of(change);
        }
        return key.map(found -> new RowKey(named(found.columns()), found.values()));
    }

    private Optional<Row> row(Change change) throws RefusedException {
        Optional<Struct> struct = change.row();
        if (struct.isEmpty()) {
            return Optional.empty();
        }
        RowShape shape = shapes.of(struct.get().schema());
        try {
            return Optional.of(new Row(change, named(shape.columns()), shape.values(struct.get())));
        } catch (RuntimeException e) {
            throw new RefusedException(change, "A value is not what its schema says: " + e.getMessage());
        }
    }

    /** Iceberg takes a point for the way to a part of a column. */
    private List<Column> named(List<Column> columns) {
        List<Column> known = named.get(columns);
        if (known == null) {
            if (named.size() >= MOST_FORMS) {
                named.clear();
            }
            known = columns.stream()
                    .map(column ->
                            new Column(folded(column.name()).replace('.', '_'), column.type(), column.optional()))
                    .toList();
            named.put(columns, known);
        }
        return known;
    }

    private String folded(String text) {
        return settings.quote() ? text : text.toLowerCase(Locale.ROOT);
    }

    /**
     * Commits what is held.
     *
     * @param ranges of the records that are in the table then
     * @throws RefusedException for a change whose values the table cannot hold; it is left out from then on
     */
    void commit(Map<TopicPartition, Delivered.Range> ranges) throws IOException, RefusedException {
        if (pending.isEmpty()) {
            return;
        }
        Pending held = pending.get();
        Table table =
                evolution.find().orElseGet(() -> evolution.create(held.columns().keySet(), held.key()));
        boolean again = held.isAttempted();
        Map<TopicPartition, Delivered.Range> records = held.attempt(ranges);
        Delivered before = Delivered.of(table, settings.sink());
        if (!again || !before.covers(records)) {
            Layout layout = evolution.fit(table, held.columns(), held.key());
            try {
                new TableCommit(table, layout, MOST_FILE_BYTES).write(held, said(before.and(records)));
            } catch (RefusedException e) {
                e.change().ifPresent(held::refuse);
                throw e;
            }
        }
        pending = Optional.empty();
        keepUp(table, said(before.and(records)));
    }

    private Map.Entry<String, String> said(Delivered delivered) {
        return Map.entry(Delivered.property(settings.sink()), delivered.text());
    }

    /** The changes are committed; what fails here is tried again after later ones. */
    private void keepUp(Table table, Map.Entry<String, String> said) {
        if (settings.upkeep().isEmpty() || ++commits % settings.upkeep().get().everyCommits() != 0) {
            return;
        }
        try {
            table.refresh();
            new Compaction(settings.upkeep().get()).run(table, said);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The files of {} could not be merged; later again: {}", name, e.toString());
        }
    }

    /**
     * Empties the table as its source was, at once.
     *
     * @param ranges of the records that have been taken then, the truncation among them
     */
    void truncate(Map<TopicPartition, Delivered.Range> ranges) throws IOException, RefusedException {
        if (settings.mode() == Mode.INSERT) {
            LOG.warn("The source of {} was emptied; a table of all changes stays as it is", name);
            return;
        }
        if (settings.mode() == Mode.UPSERT_AND_KEEP) {
            commit(ranges);
        } else {
            drop();
        }
        Optional<Table> table = evolution.find();
        if (table.isEmpty() || table.get().currentSnapshot() == null) {
            return;
        }
        Map.Entry<String, String> said =
                said(Delivered.of(table.get(), settings.sink()).and(ranges));
        if (settings.mode() == Mode.UPSERT) {
            table.get()
                    .newDelete()
                    .deleteFromRowFilter(Expressions.alwaysTrue())
                    .set(said.getKey(), said.getValue())
                    .commit();
        } else {
            markAll(table.get(), said);
        }
    }

    private static void markAll(Table table, Map.Entry<String, String> said) throws IOException {
        if (table.schema().findField(Change.DELETED) == null) {
            return;
        }
        TableRows rows = new TableRows(table);
        NewFiles files = new NewFiles(table, MOST_FILE_BYTES);
        try {
            for (FileScanTask file : rows.files(Expressions.alwaysTrue())) {
                rows.read(file, row -> {
                    row.setField(Change.DELETED, "true");
                    files.add(row);
                });
            }
            OverwriteFiles overwrite = table.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
            files.finished().forEach(overwrite::addFile);
            overwrite.set(said.getKey(), said.getValue()).commit();
        } catch (IOException | RuntimeException e) {
            files.discard();
            throw e;
        }
    }
}
