package io.millrace.connect.sinks.files.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Rows in columns. Nothing of Hadoop is there at run time: the library is told so by its plain configuration, by a codec
 * factory and a file of ours.
 */
final class ParquetFile implements RowFile {
    private static final int PAGE_BYTES = 256 * 1024;

    private final ParquetWriter<@Nullable Object[]> writer;
    private final Counted out;

    ParquetFile(List<Part> parts, Target target) throws IOException {
        out = new Counted(target.out());
        writer = new Builder(out, parts)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new ParquetCompression())
                .withCompressionCodec(ParquetCompression.name(target.compression()))
                .withRowGroupSize(target.memory())
                .withPageSize(PAGE_BYTES)
                .withDictionaryPageSize(PAGE_BYTES)
                .build();
    }

    @Override
    public void append(List<Part> parts, @Nullable Object[] row) throws IOException, UnfitException {
        writer.write(ParquetValues.row(parts, row));
    }

    @Override
    public long held() {
        return Math.max(0, writer.getDataSize() - out.getPos());
    }

    @Override
    public void finish() throws IOException {
        writer.close();
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            // The file is given up anyway; this only gives back memory.
        }
    }

    private static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
        private final List<Part> parts;

        Builder(Counted out, List<Part> parts) {
            super(new Output(out));
            this.parts = parts;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract all the same
        protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration hadoop) {
            return new Rows(parts);
        }

        @Override
        protected WriteSupport<@Nullable Object[]> getWriteSupport(ParquetConfiguration configuration) {
            return new Rows(parts);
        }
    }

    private static final class Rows extends WriteSupport<@Nullable Object[]> {
        private final List<Part> parts;
        private final MessageType type;
        private @Nullable RecordConsumer consumer;

        Rows(List<Part> parts) {
            this.parts = parts;
            type = ParquetTypes.message(parts);
        }

        @Override
        @SuppressWarnings("deprecation") // abstract all the same
        public WriteContext init(Configuration hadoop) {
            return new WriteContext(type, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(type, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer given) {
            consumer = given;
        }

        @Override
        public void write(@Nullable Object[] stored) {
            RecordConsumer to = consumer;
            if (to == null) {
                throw new IllegalStateException("Rows are written before the file is begun");
            }
            to.startMessage();
            ParquetValues.write(to, parts, stored);
            to.endMessage();
        }
    }

    private record Output(Counted out) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSize) {
            return out;
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) {
            return out;
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    private static final class Counted extends PositionOutputStream {
        private final OutputStream out;
        private long position;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
            position++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
