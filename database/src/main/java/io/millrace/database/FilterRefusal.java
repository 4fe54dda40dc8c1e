package io.millrace.database;

/** Why a row filter is not taken. */
public record FilterRefusal(Kind kind, String message) {
    /** What is wrong with it. */
    public enum Kind {
        /** The database does not take it as a condition on rows of that table; the message is the database's own. */
        INVALID,
        /** The user may not read what it speaks of; the message is the database's own. */
        NOT_PERMITTED,
        /** The database takes it, but it is not safe to run it many times over. */
        UNSUPPORTED
    }
}
