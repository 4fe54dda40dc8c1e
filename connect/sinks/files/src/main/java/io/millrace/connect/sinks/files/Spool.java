package io.millrace.connect.sinks.files;

import io.millrace.objectstore.ObjectContent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on the local disk that has no name, so that nothing is left of it when the process ends, however it ends. */
final class Spool implements ObjectContent, AutoCloseable {
    private static final int BUFFER = 8 * 1024;

    private final FileChannel channel;
    private final OutputStream out;
    private long length;

    Spool() throws IOException {
        Path file = Files.createTempFile("millrace-file-", ".part");
        channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        out = new BufferedOutputStream(new Appending(), BUFFER);
    }

    /** Returns what takes the bytes. */
    OutputStream out() {
        return out;
    }

    /** Returns how many bytes went out. */
    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream open() throws IOException {
        out.flush();
        return new Reading();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // There is nothing left that could be lost.
        }
    }

    private final class Appending extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, from, count);
            while (buffer.hasRemaining()) {
                length += channel.write(buffer, length);
            }
        }
    }

    private final class Reading extends InputStream {
        private long position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            int read = channel.read(ByteBuffer.wrap(bytes, from, count), position);
            position += Math.max(0, read);
            return read;
        }
    }
}
