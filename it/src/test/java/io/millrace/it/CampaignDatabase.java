package io.millrace.it;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.util.List;

/** What a campaign needs of a database, whatever its product. Thread-safe. */
interface CampaignDatabase {
    /** Returns a name that no other database of the build has. */
    String name();

    /** Opens a connection as the administrator; the caller closes it. */
    Connection connect();

    /** Runs statements, each in a transaction of its own. */
    void execute(String... statements);

    /** Returns the rows of a query, every value as text. */
    List<List<String>> query(String sql);

    /** Returns the body of a new source for one of its tables, with snapshots that take their time. */
    ObjectNode source(String name, String table);

    /** Returns what a client would want of a run, so that it takes its time. */
    ObjectNode terms();

    /** Returns the name of a table as it stands in topics. */
    String inTopic(String table);

    /**
     * Makes a table with a key {@code id} from 1 on, a version {@code v} from a sequence {@code <table>_v}, and a text, whose
     * deletes tell the version that they ended.
     */
    void createTable(String table, int rows);

    /** Returns a statement that inserts the row of a key, its only parameter, or gives it the next version. */
    String upsert(String table);
}
