package io.millrace.connect.sinks.sql.postgresql;

/**
 * A temporary table that rows pass on their way, and that whoever fills it empties again. It is not left to the database to
 * do so at each commit, for then it does so for all temporary tables of a session, also for those that hold nothing: with 300
 * of them that takes tens of milliseconds.
 *
 * <p>Deleted rows keep their room until the table is truncated, which is dear for few rows and cheap for many.
 */
final class Stage {
    private static final long MOST_BYTES = 1 << 20;

    private final String name;
    private long bytes;

    Stage(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Notes what was written to it. */
    void filled(long more) {
        bytes += more;
    }

    /** Returns the statement that empties it. */
    String emptied() {
        if (bytes < MOST_BYTES) {
            return "DELETE FROM " + name;
        }
        bytes = 0;
        return "TRUNCATE " + name;
    }
}
