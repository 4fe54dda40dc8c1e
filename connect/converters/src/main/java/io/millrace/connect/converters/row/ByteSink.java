package io.millrace.connect.converters.row;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes that grow, as a {@link java.io.ByteArrayOutputStream} without its locks. For one thread. */
public final class ByteSink extends OutputStream {
    /** An array that grew beyond this for one large record is given back, in bytes. */
    private static final int KEPT = 1 << 20;

    private static final int FIRST = 1 << 10;

    private byte[] bytes = new byte[FIRST];
    private int size;

    /** Returns how many bytes there are. */
    public int size() {
        return size;
    }

    @Override
    public void write(int b) {
        if (size == bytes.length) {
            grow(1);
        }
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        if (length > bytes.length - size) {
            grow(length);
        }
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** Writes a whole number as Avro does: the nearer to zero, the fewer bytes, at most ten. */
    public void writeZigZag(long value) {
        if (bytes.length - size < 10) {
            grow(10);
        }
        byte[] target = bytes;
        int at = size;
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        size = at;
    }

    /** Writes a whole number in decimal digits. */
    public void writeDigits(long value) {
        if (bytes.length - size < 20) {
            grow(20);
        }
        // counted below zero, where the smallest number has a place too
        long rest = value < 0 ? value : -value;
        int digits = 1;
        for (long power = -10; digits < 19 && rest <= power; power *= 10) {
            digits++;
        }
        if (value < 0) {
            bytes[size++] = '-';
        }
        for (int at = size + digits - 1; at >= size; at--) {
            long next = rest / 10;
            bytes[at] = (byte) ('0' + (next * 10 - rest));
            rest = next;
        }
        size += digits;
    }

    /** Writes text of which every character is in US-ASCII. */
    @SuppressWarnings("deprecation") // the one way to these bytes that makes no array; exact for such text
    public void writeAscii(String text) {
        int length = text.length();
        if (bytes.length - size < length) {
            grow(length);
        }
        text.getBytes(0, length, bytes, size);
        size += length;
    }

    /** Forgets all but the first bytes. */
    public void cut(int length) {
        size = length;
        if (bytes.length > KEPT) {
            bytes = Arrays.copyOf(bytes, Math.max(FIRST, length));
        }
    }

    /** Returns a copy of the bytes. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void grow(int more) {
        if (more > Integer.MAX_VALUE - 8 - size) {
            throw new OutOfMemoryError("A record has more bytes than an array can hold");
        }
        long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
        bytes = Arrays.copyOf(bytes, (int) Math.max(doubled, size + more));
    }
}
