package io.millrace.connect.sinks.files.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows are written as text. */
interface TextRows {
    /** Returns what stands before the first row. */
    String head();

    /** Returns what stands between two rows. */
    String between();

    /** Returns what stands behind the last row. */
    String tail();

    /**
     * Returns a row.
     *
     * @throws UnfitException when there is no text for a value
     */
    String row(List<Part> parts, @Nullable Object[] row) throws UnfitException;
}
