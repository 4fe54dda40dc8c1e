package io.millrace.source;

import io.millrace.catalogue.ConfigValues;
import io.millrace.control.TableName;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.LogRetention;
import io.millrace.database.ReachedDatabase;
import io.millrace.database.ValidationReport;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the configuration of a client into a running connector, for one kind of database. */
public interface CaptureType {
    /** Returns the connector code of the contract. */
    String code();

    /**
     * Refuses a configuration that cannot be done as asked: a key whose effect is not built, a table list that cannot be
     * read. The rules of the catalogue were checked before.
     */
    void check(ConfigValues config);

    /** Refuses a change that would lose data or that a running source cannot follow. */
    void checkChange(ConfigValues before, ConfigValues after);

    /** Returns what no other source may use. */
    Claims claims(ConfigValues config);

    /** Returns the tables to capture, in the order of the list. */
    List<TableName> tables(ConfigValues config);

    /**
     * Returns the name that a table has in the name of its topic: its own, unless the configuration asks for another. Two
     * tables never have the same.
     */
    default TableName nameInTopic(ConfigValues config, TableName table) {
        return table;
    }

    /** Returns the topic in which the connector keeps the history of tables; empty where the database tells it. */
    default Optional<String> historyTopic(SourceId id) {
        return Optional.empty();
    }

    /** Returns whether the stream can be held while tables are read, which is what blocking snapshots do. */
    default boolean canHoldItsStream() {
        return true;
    }

    /**
     * Returns the properties of the connector that the configuration decides on.
     *
     * @param config values; those of secret keys are references that workers resolve
     */
    Map<String, String> properties(SourceId id, ConfigValues config);

    /**
     * Opens a session with the database, to ask it about tables; {@code config} has its secrets in clear.
     *
     * @throws ConnectionFailedException with the reason in words
     */
    ReachedDatabase reach(ConfigValues config) throws ConnectionFailedException;

    /**
     * Makes in the database what the connector needs there and is missing, and brings what was made before in step with
     * the configuration. May be repeated at any time.
     *
     * @param config with its secrets in clear
     * @param ledger says what is the platform's own; told before anything is made
     * @return what was found to be lacking and is not ours to mend, with the SQL that mends it
     * @throws SQLException when the connector must not be started, with the reason in words
     */
    Optional<String> prepare(ConfigValues config, Ledger ledger) throws SQLException;

    /**
     * Returns how much log the database keeps for the connector; empty where that depends on no connector. {@code config} has
     * its secrets in clear.
     */
    default Optional<LogRetention> retention(ConfigValues config) throws SQLException {
        return Optional.empty();
    }

    /** Drops what was made; what is gone is fine. */
    void drop(ConfigValues config, Made made) throws SQLException;

    /**
     * Finds out what would go wrong; changes nothing.
     *
     * @param running whether a source of this configuration may be running
     * @param limit aim for the time that it takes
     */
    ValidationReport validate(ConfigValues config, boolean running, Duration limit);
}
