package io.millrace.snapshot;

import io.millrace.database.KeyRange;
import io.millrace.database.TableView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The databases of sources, asked about tables. Nothing is changed there. */
public interface SourceDatabases {
    /**
     * Returns what has to be known before a snapshot starts, in the order of the questions. Filters are parsed by the
     * database itself, in a read-only transaction with a time limit; rows are estimated from statistics, never counted.
     *
     * @throws SourceUnreachableException when the database cannot be asked
     */
    List<TableFacts> ask(SnapshotSource source, List<TableQuestion> questions);

    /**
     * Returns all that can be found out in a few seconds: rows are counted where that is quick, and plans, privileges and
     * the values of surrogate keys are looked at.
     *
     * @throws SourceUnreachableException when the database cannot be asked
     */
    Examination examine(SnapshotSource source, List<TableQuestion> questions);

    /**
     * Returns the rows of a table in a range; nothing when counting them takes longer than the limit.
     *
     * @throws SourceUnreachableException when the database cannot be asked, or refuses
     */
    Optional<Long> count(SnapshotSource source, TableTopic topic, KeyRange range, Duration limit);

    /**
     * Reads the primary keys of the rows in a range, in one consistent view.
     *
     * @param most rows that are read
     * @param keys takes each key
     * @return the view; nothing where there are more rows, where keys of the table and of records cannot be compared, or
     *     where the filter may decide differently at another time
     * @throws SourceUnreachableException when the database cannot be asked, or refuses
     */
    Optional<TableView> view(
            SnapshotSource source, TableTopic topic, KeyRange range, long most, Consumer<List<String>> keys);

    /**
     * Returns whether the source has delivered everything before a position of {@link TableView#position()}.
     *
     * @throws SourceUnreachableException when the database cannot be asked
     */
    boolean hasPassed(SnapshotSource source, String position);

    /**
     * Gives the stream of a database in which nothing happens something to pass, where that can be done without touching
     * data.
     *
     * @throws SourceUnreachableException when the database cannot be asked
     */
    void nudge(SnapshotSource source);
}
