package io.millrace.connect.sinks.iceberg.parquet;

import java.io.IOException;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.parquet.ParquetValueReader;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;

/** Reads files of a table. */
public final class RecordReader {
    private RecordReader() {}

    /** Takes the rows of a file. */
    @FunctionalInterface
    public interface Rows {
        /**
         * Takes a row.
         *
         * @param position of the row in its file
         * @param row may be kept
         */
        void take(long position, Record row) throws IOException;
    }

    /** Hands over the rows of a file in their order, as a schema wants them: a column that the file has not is null. */
    public static void read(InputFile file, Schema schema, Rows rows) throws IOException {
        ParquetReadOptions options = PlainReadOptions.of(new PageCompression());
        try (ParquetFileReader reader = ParquetFileReader.open(new ParquetInput(file), options)) {
            MessageType type = reader.getFooter().getFileMetaData().getSchema();
            if (!ParquetSchemaUtil.hasIds(type)) {
                throw new IOException(file.location() + " has no ids of columns; it was added by something else than"
                        + " a writer of Iceberg, and cannot be read here");
            }
            reader.setRequestedSchema(ParquetSchemaUtil.pruneColumns(type, schema));
            ParquetValueReader<Record> model = GenericParquetReaders.buildReader(schema, type);
            long position = 0;
            for (PageReadStore group = reader.readNextRowGroup(); group != null; group = reader.readNextRowGroup()) {
                model.setPageSource(group);
                for (long i = 0; i < group.getRowCount(); i++) {
                    rows.take(position++, model.read(null));
                }
            }
        }
    }
}
