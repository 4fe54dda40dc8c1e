package io.millrace.connect.sinks.iceberg.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;

/** A file in the making. Not thread-safe. */
public final class RecordFile implements Closeable {
    private static final int PAGE_BYTES = 1 << 20;
    private static final long GROUP_BYTES = 32L << 20;
    private static final int TRUNCATED_NAMES = 64;

    /** The size of what is held is not looked up for each row. */
    private static final int LOOK_EVERY = 1_000;

    private final MessageType type;
    private final ParquetFileWriter out;
    private final ParquetValueWriter<Record> model;
    private final ParquetProperties properties = ParquetProperties.builder()
            .withPageSize(PAGE_BYTES)
            .withDictionaryPageSize(PAGE_BYTES)
            .withAllocator(HeapByteBufferAllocator.getInstance())
            .build();
    private final Map<String, String> footer;
    private ColumnChunkPageWriteStore pages;
    private ColumnWriteStore columns;
    private long held;
    private long count;

    /**
     * Begins a file.
     *
     * @param footer what to write at its end, beside the schema
     */
    public RecordFile(OutputFile file, Schema schema, Map<String, String> footer) throws IOException {
        type = ParquetSchemaUtil.convert(schema, "table");
        model = GenericParquetWriter.create(schema, type);
        this.footer = new HashMap<>(footer);
        this.footer.put("iceberg.schema", SchemaParser.toJson(schema));
        out = new ParquetFileWriter(
                new ParquetOutput(file), type, ParquetFileWriter.Mode.OVERWRITE, GROUP_BYTES, 0, null, properties);
        out.start();
        pages = newPages();
        columns = newColumns();
    }

    private ColumnChunkPageWriteStore newPages() {
        return new ColumnChunkPageWriteStore(
                new PageCompression().getCompressor(CompressionCodecName.ZSTD),
                type,
                properties.getAllocator(),
                TRUNCATED_NAMES);
    }

    private ColumnWriteStore newColumns() {
        ColumnWriteStore store = properties.newColumnWriteStore(type, pages, pages);
        model.setColumnStore(store);
        return store;
    }

    /** Adds a row. */
    public void add(Record row) throws IOException {
        model.write(0, row);
        columns.endRecord();
        held++;
        count++;
        if (held % LOOK_EVERY == 0 && columns.getBufferedSize() >= GROUP_BYTES) {
            endGroup();
            pages = newPages();
            columns = newColumns();
        }
    }

    /** Returns how many bytes the file has, about; what is not written yet counts as it is held. */
    public long length() throws IOException {
        return out.getPos() + columns.getBufferedSize();
    }

    /** Returns how many rows were added. */
    public long count() {
        return count;
    }

    private void endGroup() throws IOException {
        if (held > 0) {
            out.startBlock(held);
            columns.flush();
            pages.flushToFileWriter(out);
            out.endBlock();
        }
        columns.close();
        pages.close();
        held = 0;
    }

    /**
     * Ends the file; it is where it belongs when this returns.
     *
     * @param wanted which statistics the table asks for
     */
    public Finished finish(MetricsConfig wanted) throws IOException {
        endGroup();
        out.end(footer);
        out.close();
        return new Finished(
                ParquetUtil.footerMetrics(out.getFooter(), model.metrics(), wanted),
                ParquetUtil.getSplitOffsets(out.getFooter()));
    }

    /**
     * What is known of a file that was finished.
     *
     * @param splits where its groups of rows begin
     */
    public record Finished(Metrics metrics, List<Long> splits) {}

    /** Gives up a file that was not finished. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}
