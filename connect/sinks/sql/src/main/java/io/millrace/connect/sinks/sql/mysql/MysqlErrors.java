package io.millrace.connect.sinks.sql.mysql;

import java.util.Set;

/** Numbers of errors. */
final class MysqlErrors {
    /** Incorrect value for a column (1366), truncated (1265), invalid JSON (3140, 4025), out of range (1264), too long (1406). */
    static final Set<Integer> OF_VALUES = Set.of(1264, 1265, 1366, 1406, 3140, 4025);

    private MysqlErrors() {}
}
