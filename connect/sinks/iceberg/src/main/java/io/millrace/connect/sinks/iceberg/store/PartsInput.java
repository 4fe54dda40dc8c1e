package io.millrace.connect.sinks.iceberg.store;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import org.apache.iceberg.io.SeekableInputStream;

/** A file that is read in parts, as they are asked for. */
final class PartsInput extends SeekableInputStream {
    /** Small reads, of the footer for example, ask for so much at once. */
    private static final int LEAST = 256 * 1024;

    private final long length;
    private final Parts parts;
    private long position;
    private long partAt;
    private byte[] part = {};

    /** Reads parts of a file. */
    interface Parts extends Closeable {
        byte[] read(long from, int length) throws IOException;
    }

    PartsInput(long length, Parts parts) {
        this.length = length;
        this.parts = parts;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void seek(long wanted) throws IOException {
        if (wanted < 0 || wanted > length) {
            throw new EOFException("There is nothing at " + wanted + " of a file of " + length + " bytes");
        }
        position = wanted;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int wanted) throws IOException {
        if (wanted == 0) {
            return 0;
        }
        if (position >= length) {
            return -1;
        }
        if (position < partAt || position >= partAt + part.length) {
            int size = (int) Math.min(length - position, Math.max(LEAST, wanted));
            part = parts.read(position, size);
            partAt = position;
            if (part.length == 0) {
                throw new EOFException("The file ends at " + position + " of " + length + " bytes");
            }
        }
        int offset = (int) (position - partAt);
        int count = Math.min(wanted, part.length - offset);
        System.arraycopy(part, offset, bytes, from, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }
}
