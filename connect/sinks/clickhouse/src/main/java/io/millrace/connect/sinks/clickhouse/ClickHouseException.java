package io.millrace.connect.sinks.clickhouse;

import java.io.IOException;
import java.util.Set;

/** ClickHouse did not do what it was asked. */
final class ClickHouseException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Codes that say that a value does not fit its column.
     *
     * @see <a href="https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp">error codes</a>
     */
    private static final Set<Integer> OF_VALUES =
            Set.of(6, 25, 26, 27, 32, 38, 41, 53, 69, 70, 72, 117, 131, 321, 349, 376, 407, 467, 675);

    /** The code of a login that failed. */
    static final int NOT_LET_IN = 516;

    private static final Set<Integer> OF_LOGIN = Set.of(192, 193, 194, 497, NOT_LET_IN);

    private final int code;

    /** @param code of ClickHouse; 0 when there was none */
    ClickHouseException(int code, String reason) {
        super(reason);
        this.code = code;
    }

    ClickHouseException(String reason, Throwable cause) {
        super(reason, cause);
        code = 0;
    }

    /** Returns whether the rows were the reason, so that others may be taken. */
    boolean isOfValues() {
        return OF_VALUES.contains(code);
    }

    /** Returns whether the user was not let in, or lacks a right. */
    boolean isOfLogin() {
        return OF_LOGIN.contains(code);
    }
}
