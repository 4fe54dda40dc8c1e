package io.millrace.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Runs counts in a session, read-only and within a time. */
public interface CountedRows {
    /** Returns the number that a query gives; empty if it takes longer than the limit. */
    Optional<Long> number(String sql, Duration limit) throws SQLException;
}
