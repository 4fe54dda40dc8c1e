package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.iceberg.store.WarehouseFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** A warehouse in a folder, whose catalogue is a file of SQLite; read by the library's own reader. */
final class Lake implements AutoCloseable {
    static final String NAMESPACE = "shop";

    private final Map<String, String> properties;
    private final JdbcCatalog catalog;

    Lake(Path folder) {
        this(folder, Map.of("warehouse", folder.toString(), WarehouseFiles.FOLDER, folder.toString()));
    }

    /** @param warehouse where the files of tables are */
    Lake(Path folder, Map<String, String> warehouse) {
        properties = new HashMap<>(warehouse);
        properties.put("uri", "jdbc:sqlite:" + folder.resolve("catalog.db"));
        catalog = new JdbcCatalog(WarehouseFiles::new, null, true);
        catalog.initialize("iceberg", properties);
    }

    /** Returns what the sink is told. */
    Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("name", "lake");
        settings.put("iceberg.catalog", "jdbc");
        settings.put("iceberg.namespace", NAMESPACE);
        settings.put("iceberg.commit.interval.ms", "100");
        properties.forEach((name, value) -> settings.put("catalog." + name, value));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    JdbcCatalog catalog() {
        return catalog;
    }

    Table table(String name) {
        return catalog.loadTable(TableIdentifier.of(NAMESPACE, name));
    }

    /** Returns the values of some columns of all rows, as text, sorted. */
    List<List<String>> rows(String table, String... columns) {
        List<List<String>> rows = new ArrayList<>();
        try (CloseableIterable<Record> found =
                IcebergGenerics.read(table(table)).build()) {
            for (Record row : found) {
                rows.add(Stream.of(columns)
                        .map(column -> String.valueOf(row.getField(column)))
                        .toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.sort(Comparator.comparing(List::toString));
        return rows;
    }

    List<Snapshot> snapshots(String table) {
        List<Snapshot> snapshots = new ArrayList<>();
        table(table).snapshots().forEach(snapshots::add);
        return snapshots;
    }

    @Override
    public void close() {
        catalog.close();
    }
}
