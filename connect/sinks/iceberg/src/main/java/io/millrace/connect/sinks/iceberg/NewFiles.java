package io.millrace.connect.sinks.iceberg;

import io.millrace.connect.sinks.iceberg.parquet.RecordFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files of a table that are written for one commit, and deleted again if it does not come about. */
final class NewFiles {
    private static final Logger LOG = LoggerFactory.getLogger(NewFiles.class);

    private final Table table;
    private final long mostBytes;
    private final List<String> locations = new ArrayList<>();
    private final List<DataFile> data = new ArrayList<>();
    private Optional<Open> open = Optional.empty();

    private record Open(RecordFile rows, OutputFile file) {}

    /** @param mostBytes of a file of rows, about */
    NewFiles(Table table, long mostBytes) {
        this.table = table;
        this.mostBytes = mostBytes;
    }

    /** Adds a row. */
    void add(Record row) throws IOException {
        if (open.isEmpty()) {
            OutputFile file = newFile("data");
            open = Optional.of(new Open(new RecordFile(file, table.schema(), Map.of()), file));
        }
        RecordFile rows = open.get().rows();
        rows.add(row);
        if (rows.count() % 1_000 == 0 && rows.length() >= mostBytes) {
            finish();
        }
    }

    /** Returns the files of all rows that were added. */
    List<DataFile> finished() throws IOException {
        finish();
        return List.copyOf(data);
    }

    private void finish() throws IOException {
        if (open.isEmpty()) {
            return;
        }
        RecordFile.Finished finished = open.get().rows().finish(MetricsConfig.forTable(table));
        data.add(DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath(open.get().file().location())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(open.get().file().toInputFile().getLength())
                .withMetrics(finished.metrics())
                .withSplitOffsets(finished.splits())
                .build());
        open = Optional.empty();
    }

    /** Returns a file that deletes the rows of some keys from all that was committed before. */
    DeleteFile deletes(List<NestedField> key, Iterable<List<Object>> values) throws IOException {
        int[] ids = key.stream().mapToInt(NestedField::fieldId).toArray();
        Schema schema = TypeUtil.select(
                table.schema(), key.stream().map(NestedField::fieldId).collect(Collectors.toSet()));
        OutputFile file = newFile("deletes");
        Map<String, String> footer = Map.of(
                "delete-type",
                "equality",
                "delete-field-ids",
                key.stream().map(field -> String.valueOf(field.fieldId())).collect(Collectors.joining(",")));
        try (RecordFile rows = new RecordFile(file, schema, footer)) {
            for (List<Object> one : values) {
                Record row = GenericRecord.create(schema);
                for (int i = 0; i < key.size(); i++) {
                    row.setField(key.get(i).name(), one.get(i));
                }
                rows.add(row);
            }
            RecordFile.Finished finished = rows.finish(MetricsConfig.forTable(table));
            return FileMetadata.deleteFileBuilder(PartitionSpec.unpartitioned())
                    .ofEqualityDeletes(ids)
                    .withPath(file.location())
                    .withFormat(FileFormat.PARQUET)
                    .withFileSizeInBytes(file.toInputFile().getLength())
                    .withMetrics(finished.metrics())
                    .withSplitOffsets(finished.splits())
                    .build();
        }
    }

    private OutputFile newFile(String kind) {
        String location = table.locationProvider().newDataLocation(UUID.randomUUID() + "-" + kind + ".parquet");
        locations.add(location);
        return table.io().newOutputFile(location);
    }

    /** Deletes all files, as far as that is possible; nobody sees them. */
    void discard() {
        try {
            if (open.isPresent()) {
                open.get().rows().close();
            }
            locations.forEach(table.io()::deleteFile);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Files of {} that nobody sees could not be deleted: {}", table.name(), e.getMessage());
        }
    }
}
