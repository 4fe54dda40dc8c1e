package io.millrace.database;

/** Why no session with a database could be had. */
public enum ConnectionFailure {
    /** The name of the host cannot be resolved. */
    UNKNOWN_HOST,
    /** Nothing listens at the address. */
    REFUSED,
    /** No answer within the time limit, or no way to the network. */
    UNREACHABLE,
    /** The server does not encrypt, or its encryption failed. */
    TLS_REFUSED,
    /** User or password are wrong. */
    WRONG_CREDENTIALS,
    /** The server's access rules do not let this user in from here. */
    ACCESS_RULE,
    /** The server has no database of that name. */
    UNKNOWN_DATABASE,
    /** The user may not connect to that database. */
    NOT_PERMITTED,
    /** The server has no session left. */
    TOO_MANY_SESSIONS,
    /** The server starts, stops or recovers. */
    NOT_READY,
    /** Something else; the message has the server's words. */
    OTHER
}
