package io.millrace.database.mariadb;

import java.util.Set;

/** Numbers of errors that mean something to us; the states of the standard are too coarse here. */
final class Codes {
    static final int TOO_MANY_CONNECTIONS = 1040;
    static final int DATABASE_NOT_PERMITTED = 1044;
    static final int ACCESS_DENIED = 1045;
    static final int UNKNOWN_DATABASE = 1049;
    static final int SERVER_SHUTDOWN = 1053;
    static final int HOST_BLOCKED = 1129;
    static final int HOST_NOT_ALLOWED = 1130;
    static final int TABLE_NOT_PERMITTED = 1142;
    static final int COLUMN_NOT_PERMITTED = 1143;
    static final int NO_SUCH_TABLE = 1146;
    static final int LOCK_WAIT_TIMEOUT = 1205;
    static final int USER_LIMIT = 1226;
    static final int PRIVILEGE_MISSING = 1227;
    static final int QUERY_INTERRUPTED = 1317;
    static final int ROUTINE_NOT_PERMITTED = 1370;
    static final int ACCESS_DENIED_NO_PASSWORD = 1698;
    static final int STATEMENT_TIMEOUT = 1969;
    static final int MYSQL_STATEMENT_TIMEOUT = 3024;
    static final int ACCOUNT_LOCKED = 4151;

    /** The server refuses for want of a right. */
    static final Set<Integer> NOT_PERMITTED = Set.of(
            DATABASE_NOT_PERMITTED,
            TABLE_NOT_PERMITTED,
            COLUMN_NOT_PERMITTED,
            PRIVILEGE_MISSING,
            ROUTINE_NOT_PERMITTED);

    /** A limit of time has ended a statement. */
    static final Set<Integer> OUT_OF_TIME =
            Set.of(LOCK_WAIT_TIMEOUT, QUERY_INTERRUPTED, STATEMENT_TIMEOUT, MYSQL_STATEMENT_TIMEOUT);

    private Codes() {}
}
