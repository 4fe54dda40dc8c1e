package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.iceberg.parquet.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;

/** Reads rows of one snapshot of a table, without those that are deleted. Remembers what delete files hold. */
final class TableRows {
    private final Table table;
    private final Map<String, Set<List<Object>>> deletedKeys = new HashMap<>();
    private final Map<String, Map<String, Set<Long>>> deletedPositions = new HashMap<>();

    TableRows(Table table) {
        this.table = table;
    }

    /** Takes a row. */
    @FunctionalInterface
    interface Taker {
        void take(Record row) throws IOException;
    }

    /** Returns the files that may have rows for which an expression holds. */
    List<FileScanTask> files(Expression filter) throws IOException {
        List<FileScanTask> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> planned =
                table.newScan().filter(filter).planFiles()) {
            planned.forEach(files::add);
        }
        return files;
    }

    /** Hands over the rows of a file that are not deleted. */
    void read(FileScanTask file, Taker taker) throws IOException {
        requireParquet(file.file().format(), file.file().location());
        List<Deletes> deletes = new ArrayList<>();
        Set<Long> positions = new HashSet<>();
        for (DeleteFile delete : file.deletes()) {
            requireParquet(delete.format(), delete.location());
            if (delete.content() == FileContent.EQUALITY_DELETES) {
                List<NestedField> fields = keyFields(delete);
                deletes.add(new Deletes(fields, keys(delete, fields)));
            } else {
                positions.addAll(positions(delete).getOrDefault(file.file().location(), Set.of()));
            }
        }
        RecordReader.read(table.io().newInputFile(file.file()), table.schema(), (position, row) -> {
            if (!positions.contains(position) && deletes.stream().noneMatch(delete -> delete.has(row))) {
                taker.take(row);
            }
        });
    }

    private record Deletes(List<NestedField> fields, Set<List<Object>> keys) {
        boolean has(Record row) {
            return keys.contains(Layout.values(row, fields));
        }
    }

    private List<NestedField> keyFields(DeleteFile delete) {
        return delete.equalityFieldIds().stream()
                .map(id -> table.schema().findField(id))
                .toList();
    }

    private Set<List<Object>> keys(DeleteFile delete, List<NestedField> fields) throws IOException {
        Set<List<Object>> known = deletedKeys.get(delete.location());
        if (known == null) {
            Set<List<Object>> keys = new HashSet<>();
            Schema schema = TypeUtil.select(table.schema(), Set.copyOf(delete.equalityFieldIds()));
            RecordReader.read(
                    table.io().newInputFile(delete), schema, (position, row) -> keys.add(Layout.values(row, fields)));
            deletedKeys.put(delete.location(), keys);
            known = keys;
        }
        return known;
    }

    /** Other writers of the table may delete by position; this sink does not. */
    private Map<String, Set<Long>> positions(DeleteFile delete) throws IOException {
        Map<String, Set<Long>> known = deletedPositions.get(delete.location());
        if (known == null) {
            Map<String, Set<Long>> positions = new HashMap<>();
            Schema schema = new Schema(MetadataColumns.DELETE_FILE_PATH, MetadataColumns.DELETE_FILE_POS);
            RecordReader.read(table.io().newInputFile(delete), schema, (position, row) -> positions
                    .computeIfAbsent(String.valueOf(row.get(0)), path -> new HashSet<>())
                    .add((Long) row.get(1)));
            deletedPositions.put(delete.location(), positions);
            known = positions;
        }
        return known;
    }

    private static void requireParquet(FileFormat format, String location) throws IOException {
        if (format != FileFormat.PARQUET) {
            throw new IOException(location + " is written as " + format + ", and only Parquet can be read here; rewrite"
                    + " the table in format version 2 with Parquet");
        }
    }
}
