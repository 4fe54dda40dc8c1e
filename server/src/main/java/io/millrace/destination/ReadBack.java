package io.millrace.destination;

import io.millrace.database.compare.ComparedDatabase;
import java.sql.SQLException;

/**
 * How tables that a destination has written are read again.
 *
 * @param owner schema of the tables, or their database in products without schemas
 * @param upserts whether a table shows the last state of each key; else it has a row for each change
 * @param keepsCase whether names of tables and columns are as they are in topics; else they are in lower case
 */
public record ReadBack(Opening opening, String owner, boolean upserts, boolean keepsCase) {
    /** Opens a session with the destination's database. */
    public interface Opening {
        /**
         * Opens one; the caller closes it.
         *
         * @throws SQLException with the reason in words
         */
        ComparedDatabase open() throws SQLException;
    }

    /** Returns the same, opened in another way. */
    public ReadBack openedBy(Opening other) {
        return new ReadBack(other, owner, upserts, keepsCase);
    }
}
