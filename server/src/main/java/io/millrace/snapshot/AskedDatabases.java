package io.millrace.snapshot;

import io.millrace.database.ConnectionFailedException;
import io.millrace.database.KeyRange;
import io.millrace.database.ReachedDatabase;
import io.millrace.database.TableView;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks the databases themselves. One session answers all questions of a call. */
public final class AskedDatabases implements SourceDatabases {
    /** Counts are worth this much waiting in all; tables after that are estimated. */
    private static final Duration COUNTING = Duration.ofSeconds(5);

    private final Way way;

    /** The way to the database of a source. */
    public interface Way {
        /** Opens a session; the caller closes it. */
        ReachedDatabase to(SnapshotSource source) throws ConnectionFailedException;
    }

    public AskedDatabases(Way way) {
        this.way = way;
    }

    @Override
    public List<TableFacts> ask(SnapshotSource source, List<TableQuestion> questions) {
        return within(source, database -> {
            List<TableFacts> facts = new ArrayList<>();
            for (TableQuestion question : questions) {
                facts.add(new TableInquiry(database, question).facts());
            }
            return facts;
        });
    }

    @Override
    public Examination examine(SnapshotSource source, List<TableQuestion> questions) {
        long end = System.nanoTime() + COUNTING.toNanos();
        return within(source, database -> {
            List<TableFacts> facts = new ArrayList<>();
            for (TableQuestion question : questions) {
                TableFacts first = new TableInquiry(database, question).facts();
                facts.add(new TableExamination(database, question).further(first, System.nanoTime() < end));
            }
            return new Examination(database.marker(), facts);
        });
    }

    @Override
    public Optional<Long> count(SnapshotSource source, TableTopic topic, KeyRange range, Duration limit) {
        return within(source, database -> database.count(topic.table(), range, limit));
    }

    @Override
    public Optional<TableView> view(
            SnapshotSource source, TableTopic topic, KeyRange range, long most, Consumer<List<String>> keys) {
        return within(source, database -> database.view(topic.table(), range, most, keys));
    }

    @Override
    public boolean hasPassed(SnapshotSource source, String position) {
        return within(source, database -> database.hasPassed(position));
    }

    @Override
    public void nudge(SnapshotSource source) {
        within(source, database -> {
            database.nudge();
            return true;
        });
    }

    /** Something to ask in a session. */
    private interface Work<T> {
        T in(ReachedDatabase database) throws SQLException;
    }

    private <T> T within(SnapshotSource source, Work<T> work) {
        try (ReachedDatabase database = way.to(source)) {
            return work.in(database);
        } catch (ConnectionFailedException e) {
            throw new SourceUnreachableException(
                    "The database of source '" + source.name() + "' cannot be asked: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new SourceUnreachableException(
                    "The database of source '" + source.name() + "' broke off: " + e.getMessage(), e);
        }
    }
}
