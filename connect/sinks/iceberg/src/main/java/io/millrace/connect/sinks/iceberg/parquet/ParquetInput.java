package io.millrace.connect.sinks.iceberg.parquet;

import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file of Iceberg's as Parquet reads it. */
record ParquetInput(org.apache.iceberg.io.InputFile file) implements InputFile {
    @Override
    public long getLength() {
        return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
        return new Seekable(file.newStream());
    }

    private static final class Seekable extends DelegatingSeekableInputStream {
        private final org.apache.iceberg.io.SeekableInputStream in;

        Seekable(org.apache.iceberg.io.SeekableInputStream in) {
            super(in);
            this.in = in;
        }

        @Override
        public long getPos() throws IOException {
            return in.getPos();
        }

        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }
    }
}
