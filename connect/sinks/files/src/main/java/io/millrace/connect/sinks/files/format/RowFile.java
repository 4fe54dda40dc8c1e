package io.millrace.connect.sinks.files.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file in the making, to which rows are added. Used by one thread. */
public interface RowFile extends Closeable {
    /**
     * Adds a row.
     *
     * @param parts of this row; those that the file was begun with where its format is {@linkplain FileFormat#isFixed fixed}
     * @param row values in the order of the parts
     * @throws UnfitException when the format cannot hold it; the file is as it was
     * @throws IOException when the file is lost
     */
    void append(List<Part> parts, @Nullable Object[] row) throws IOException, UnfitException;

    /** Returns how many bytes are held and not in the stream yet, about. */
    long held();

    /** Writes what is missing for the file to be whole. The stream is left open. */
    void finish() throws IOException;

    /** Gives back what is held; a file that is not finished is lost. */
    @Override
    void close();
}
