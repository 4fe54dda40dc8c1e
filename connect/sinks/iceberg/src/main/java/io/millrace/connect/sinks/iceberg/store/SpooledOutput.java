package io.millrace.connect.sinks.iceberg.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import org.apache.iceberg.io.PositionOutputStream;

/** Bytes that are gathered in a file and go where they belong when all are there. */
abstract class SpooledOutput extends PositionOutputStream {
    private static final int BUFFER = 64 * 1024;

    private final FileChannel channel;
    private final OutputStream out;
    private long position;
    private boolean closed;

    SpooledOutput(FileChannel channel) {
        this.channel = channel;
        out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    }

    /** Takes the bytes to where they belong. */
    abstract void complete(FileChannel written) throws IOException;

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

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            out.flush();
            complete(channel);
        }
    }
}
