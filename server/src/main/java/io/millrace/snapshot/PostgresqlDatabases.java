package io.millrace.snapshot;

import io.millrace.control.MarkerKind;
import io.millrace.database.ConnectionFailedException;
import io.millrace.database.DatabaseAddress;
import io.millrace.database.KeyRange;
import io.millrace.database.TableView;
import io.millrace.database.postgresql.FilterCheck;
import io.millrace.database.postgresql.KeyScan;
import io.millrace.database.postgresql.LogMessages;
import io.millrace.database.postgresql.PostgresSessions;
import io.millrace.database.postgresql.RangeRows;
import io.millrace.database.postgresql.ReplicationSlots;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Asks PostgreSQL. One session answers all questions of a call. */
public final class PostgresqlDatabases implements SourceDatabases {
    /** Counts are worth this much waiting in all; tables after that are estimated. */
    private static final Duration COUNTING = Duration.ofSeconds(5);

    private final PostgresSessions sessions;
    private final Function<SnapshotSource, DatabaseAddress> addresses;
    private final Function<SnapshotSource, String> slots;

    /**
     * Makes one.
     *
     * @param addresses says how the database of a source is reached
     * @param slots says through which replication slot a source reads the log
     */
    public PostgresqlDatabases(
            PostgresSessions sessions,
            Function<SnapshotSource, DatabaseAddress> addresses,
            Function<SnapshotSource, String> slots) {
        this.sessions = sessions;
        this.addresses = addresses;
        this.slots = slots;
    }

    @Override
    public List<TableFacts> ask(SnapshotSource source, List<TableQuestion> questions) {
        return within(source, session -> {
            List<TableFacts> facts = new ArrayList<>();
            for (TableQuestion question : questions) {
                facts.add(new PostgresqlInquiry(session, question).facts());
            }
            return facts;
        });
    }

    @Override
    public Examination examine(SnapshotSource source, List<TableQuestion> questions) {
        long end = System.nanoTime() + COUNTING.toNanos();
        return within(source, session -> {
            MarkerKind marker = new LogMessages(session).canBeWritten() ? MarkerKind.LOG_MESSAGE : MarkerKind.POSITION;
            List<TableFacts> facts = new ArrayList<>();
            for (TableQuestion question : questions) {
                PostgresqlInquiry inquiry = new PostgresqlInquiry(session, question);
                facts.add(
                        new PostgresqlExamination(session, question).further(inquiry.facts(), System.nanoTime() < end));
            }
            return new Examination(marker, facts);
        });
    }

    @Override
    public Optional<Long> count(SnapshotSource source, TableTopic topic, KeyRange range, Duration limit) {
        return within(source, session -> new RangeRows(session, topic.table(), range).count(limit));
    }

    @Override
    public Optional<TableView> view(
            SnapshotSource source, TableTopic topic, KeyRange range, long most, Consumer<List<String>> keys) {
        return within(source, session -> {
            boolean steady = range.filter().isEmpty()
                    || !new FilterCheck(session)
                            .mayChange(topic.table(), range.filter().get());
            return steady ? new KeyScan(session, topic.table(), range).read(most, keys) : Optional.empty();
        });
    }

    @Override
    public boolean hasPassed(SnapshotSource source, String position) {
        return within(source, session -> new ReplicationSlots(session).hasPassed(slots.apply(source), position));
    }

    @Override
    public void nudge(SnapshotSource source) {
        within(source, session -> new LogMessages(session).nudge());
    }

    /** Something to ask in a session. */
    private interface Work<T> {
        T in(Connection session) throws SQLException;
    }

    private <T> T within(SnapshotSource source, Work<T> work) {
        try (Connection session = sessions.open(addresses.apply(source))) {
            return work.in(session);
        } catch (ConnectionFailedException e) {
            throw new SourceUnreachableException(
                    "The database of source '" + source.name() + "' cannot be asked: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new SourceUnreachableException(
                    "The database of source '" + source.name() + "' broke off: " + e.getMessage(), e);
        }
    }
}
