package io.millrace.connect.snapshot.binlog;

import io.millrace.connect.snapshot.Row;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes rows of what one read returns. For one thread. */
interface RowMaker {
    /**
     * A row.
     *
     * @param bytes that it counts for
     */
    record Made(Row row, long bytes) {}

    /** Makes the row that a result stands at, of its first columns. */
    Made make(ResultSet result) throws SQLException;
}
