package io.millrace.connect.sinks.files.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as text, compressed as a whole. */
final class TextFile implements RowFile {
    private static final int BUFFER = 16 * 1024;

    private final TextRows rows;
    private final OutputStream out;
    private boolean hasRows;

    TextFile(TextRows rows, Target target) throws IOException {
        this.rows = rows;
        out = new BufferedOutputStream(
                target.compression().compressing(new Unclosed(new BufferedOutputStream(target.out(), BUFFER))), BUFFER);
    }

    @Override
    public void append(List<Part> parts, @Nullable Object[] row) throws IOException, UnfitException {
        String text = rows.row(parts, row);
        write(hasRows ? rows.between() : rows.head());
        write(text);
        hasRows = true;
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing to speak of. */
    @Override
    public long held() {
        return 0;
    }

    @Override
    public void finish() throws IOException {
        write(hasRows ? rows.tail() : rows.head() + rows.tail());
        out.close();
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            // The file is given up anyway; this only gives back the memory of the compression.
        }
    }
}
