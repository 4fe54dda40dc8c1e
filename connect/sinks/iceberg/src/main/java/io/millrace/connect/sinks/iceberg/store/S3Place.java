package io.millrace.connect.sinks.iceberg.store;

import io.millrace.objectstore.ObjectContent;
import io.millrace.objectstore.S3Bucket;
import io.millrace.objectstore.StoreException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;

/** An object of a bucket. It is gathered in a file without a name, and put when it is whole. */
record S3Place(String location, S3Bucket bucket, String key) implements Place {
    private static final String ORIGIN = "millrace";

    @Override
    public InputFile asInput(Optional<Long> length) {
        return new Input(this, length);
    }

    @Override
    public OutputFile asOutput() {
        return new Output(this);
    }

    @Override
    public void delete() {
        try {
            bucket.delete(key);
        } catch (StoreException e) {
            throw new RuntimeIOException(e);
        }
    }

    private Optional<Long> length() {
        try {
            return bucket.length(key);
        } catch (StoreException e) {
            throw new RuntimeIOException(e);
        }
    }

    private record Input(S3Place place, Optional<Long> known) implements InputFile {
        @Override
        public long getLength() {
            return known.or(place::length)
                    .orElseThrow(() -> new NotFoundException("%s is not there", place.location()));
        }

        @Override
        public SeekableInputStream newStream() {
            return new PartsInput(getLength(), new PartsInput.Parts() {
                @Override
                public byte[] read(long from, int length) throws IOException {
                    return place.bucket().read(place.key(), from, length);
                }

                @Override
                public void close() {}
            });
        }

        @Override
        public String location() {
            return place.location();
        }

        @Override
        public boolean exists() {
            return place.length().isPresent();
        }
    }

    private record Output(S3Place place) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            return createOrOverwrite();
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            try {
                return new Upload(place);
            } catch (IOException e) {
                throw new RuntimeIOException(e, "No file can be made for %s", place.location());
            }
        }

        @Override
        public String location() {
            return place.location();
        }

        @Override
        public InputFile toInputFile() {
            return new Input(place, Optional.empty());
        }
    }

    private static final class Upload extends SpooledOutput {
        private final S3Place place;

        Upload(S3Place place) throws IOException {
            super(FileChannel.open(
                    Files.createTempFile("millrace-iceberg-", ".part"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE));
            this.place = place;
        }

        @Override
        void complete(FileChannel written) throws IOException {
            place.bucket().put(place.key(), new Spooled(written), ORIGIN);
        }
    }

    private record Spooled(FileChannel channel) implements ObjectContent {
        @Override
        public long length() {
            try {
                return channel.size();
            } catch (IOException e) {
                throw new RuntimeIOException(e);
            }
        }

        @Override
        public InputStream open() throws IOException {
            return new FilterInputStream(Channels.newInputStream(channel.position(0))) {
                @Override
                public void close() {
                    // It may be read again; the file ends with its upload.
                }
            };
        }
    }
}
