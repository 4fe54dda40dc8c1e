package io.millrace.connect.sinks.files.format;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Is flushed, not closed, when what writes to it is closed. */
final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
