package io.millrace.connect.sinks.iceberg.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;

/** A file of the local disk. It has another name until it is whole and on the disk. */
record LocalPlace(String location, Path file) implements Place {
    @Override
    public InputFile asInput(Optional<Long> length) {
        return new Input(location, file);
    }

    @Override
    public OutputFile asOutput() {
        return new Output(location, file);
    }

    @Override
    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new RuntimeIOException(e);
        }
    }

    private record Input(String location, Path file) implements InputFile {
        @Override
        public long getLength() {
            try {
                return Files.size(file);
            } catch (IOException e) {
                throw new NotFoundException(e, "%s is not there", location);
            }
        }

        @Override
        public SeekableInputStream newStream() {
            try {
                return new PartsInput(getLength(), new Channel(FileChannel.open(file)));
            } catch (IOException e) {
                throw new NotFoundException(e, "%s cannot be opened", location);
            }
        }

        @Override
        public boolean exists() {
            return Files.exists(file);
        }
    }

    private record Channel(FileChannel channel) implements PartsInput.Parts {
        @Override
        public byte[] read(long from, int length) throws IOException {
            ByteBuffer part = ByteBuffer.allocate(length);
            while (part.hasRemaining() && channel.read(part, from + part.position()) >= 0) {
                // the rest comes with the next one
            }
            byte[] bytes = new byte[part.position()];
            part.flip().get(bytes);
            return bytes;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private record Output(String location, Path file) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            return createOrOverwrite();
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            try {
                Files.createDirectories(file.getParent());
                Path part = file.resolveSibling("." + file.getFileName() + ".part");
                return new Made(part, file);
            } catch (IOException e) {
                throw new RuntimeIOException(e, "%s cannot be written", location);
            }
        }

        @Override
        public InputFile toInputFile() {
            return new Input(location, file);
        }
    }

    private static final class Made extends SpooledOutput {
        private final Path part;
        private final Path file;

        Made(Path part, Path file) throws IOException {
            super(FileChannel.open(
                    part,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE));
            this.part = part;
            this.file = file;
        }

        @Override
        void complete(FileChannel written) throws IOException {
            written.force(true);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
