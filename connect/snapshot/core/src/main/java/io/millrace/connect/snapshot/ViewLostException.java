package io.millrace.connect.snapshot;

import java.sql.SQLException;

/** The view that several connections read in is gone, for good; what was not delivered of it must be read in another. */
public final class ViewLostException extends SQLException {
    private static final long serialVersionUID = 1L;

    /** Makes one that says how it was lost. */
    public ViewLostException(String message) {
        super(message);
    }

    /** Makes one that says how it was lost, with what the database said. */
    public ViewLostException(String message, SQLException cause) {
        super(message, cause);
    }
}
