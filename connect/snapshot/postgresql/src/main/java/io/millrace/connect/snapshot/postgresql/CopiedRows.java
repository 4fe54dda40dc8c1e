package io.millrace.connect.snapshot.postgresql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of a COPY as they come in. */
@FunctionalInterface
interface CopiedRows {
    /** Returns the next row in the text format of COPY; null behind the last one. */
    byte @Nullable [] next() throws SQLException;
}
