package io.millrace.source.postgresql;

import io.millrace.control.TableName;
import io.millrace.database.postgresql.PostgresCatalogue;
import io.millrace.database.postgresql.Publication;
import io.millrace.database.postgresql.PublicationGap;
import io.millrace.database.postgresql.PublicationGaps;
import io.millrace.database.postgresql.Publications;
import io.millrace.database.postgresql.ReplicationSlot;
import io.millrace.database.postgresql.ReplicationSlots;
import io.millrace.source.Ledger;
import io.millrace.source.Ledger.Origin;
import io.millrace.source.Made;
import io.millrace.source.relational.TableList;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Publication and replication slot of one source, over one connection. */
final class PostgresqlObjects {
    /** SQL state of what exists already. */
    private static final String DUPLICATE = "42710";

    private final Connection session;
    private final Ledger ledger;

    PostgresqlObjects(Connection session, Ledger ledger) {
        this.session = session;
        this.ledger = ledger;
    }

    /**
     * Brings both in order, the publication first: the slot decodes log from its beginning on and needs the publication to
     * be older than that. Returns what is lacking and not ours to mend.
     */
    List<String> prepare(String publication, String slot, String database, TableList wanted) throws SQLException {
        Set<TableName> existing = Set.copyOf(new PostgresCatalogue(session).tables(wanted.schemas()));
        List<TableName> present =
                wanted.tables().stream().filter(existing::contains).toList();
        List<String> notices = new ArrayList<>();
        wanted.tables().stream()
                .filter(table -> !existing.contains(table))
                .forEach(table -> notices.add("Table " + table + " does not exist; it is captured from when it does"));
        notices.addAll(publication(new Made(Made.Kind.PUBLICATION, publication), present));
        slot(new Made(Made.Kind.SLOT, slot), database);
        return notices;
    }

    private List<String> publication(Made thing, List<TableName> tables) throws SQLException {
        Publications publications = new Publications(session);
        Optional<Publication> existing = publications.find(thing.name());
        if (existing.isEmpty()) {
            make(thing, () -> publications.create(thing.name(), tables));
            existing = publications.find(thing.name());
        }
        if (existing.isEmpty()) {
            throw new SQLException("Publication '" + thing.name() + "' was dropped as soon as it was made");
        }
        if (ours(thing)) {
            if (!existing.get().tables().equals(Set.copyOf(tables))) {
                publications.setTables(thing.name(), tables);
            }
            ledger.note(thing, Origin.MADE);
            return List.of();
        }
        ledger.note(thing, Origin.FOUND);
        Set<TableName> partitioned = new HashSet<>();
        for (TableName table : tables) {
            if (!existing.get().viaRoot() && new PostgresCatalogue(session).isPartitioned(table)) {
                partitioned.add(table);
            }
        }
        return PublicationGaps.of(existing.get(), tables, partitioned).stream()
                .map(PostgresqlObjects::words)
                .toList();
    }

    private void slot(Made thing, String database) throws SQLException {
        ReplicationSlots slots = new ReplicationSlots(session);
        Optional<Origin> origin = ledger.origin(thing);
        if (origin.equals(Optional.of(Origin.RENEWED))) {
            slots.drop(thing.name());
        }
        Optional<ReplicationSlot> existing = slots.find(thing.name());
        if (existing.isPresent()) {
            checkUsable(existing.get(), database);
            ledger.note(thing, ours(thing) ? Origin.MADE : Origin.FOUND);
            return;
        }
        if (origin.equals(Optional.of(Origin.MADE)) || origin.equals(Optional.of(Origin.FOUND))) {
            throw new SQLException(
                    "Replication slot '" + thing.name() + "' is gone from the server, and with it the changes"
                            + " since it was last read; reset the source to go on from the present, and snapshot its tables");
        }
        make(thing, () -> slots.create(thing.name()));
    }

    /** A statement that makes something. */
    private interface Making {
        void run() throws SQLException;
    }

    /** Makes a thing that is not there; one that somebody else made at the same moment is theirs. */
    private void make(Made thing, Making making) throws SQLException {
        ledger.note(thing, Origin.INTENDED);
        try {
            making.run();
            ledger.note(thing, Origin.MADE);
        } catch (SQLException e) {
            if (DUPLICATE.equals(e.getSQLState())) {
                ledger.note(thing, Origin.FOUND);
                return;
            }
            if (isAnswer(e)) {
                ledger.forget(thing);
            }
            throw e;
        }
    }

    /** Returns whether the server itself said no; a connection that broke leaves open whether the thing was made. */
    private static boolean isAnswer(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.length() == 5 && !state.startsWith("08") && !state.startsWith("57");
    }

    private boolean ours(Made thing) {
        return ledger.origin(thing).filter(Origin::ours).isPresent();
    }

    private static void checkUsable(ReplicationSlot slot, String database) throws SQLException {
        if (slot.isLost()) {
            throw new SQLException("The server has removed log that replication slot '" + slot.name()
                    + "' still needed; drop the slot, reset the source and snapshot its tables");
        }
        boolean fits = slot.plugin().filter(ReplicationSlots.PLUGIN::equals).isPresent()
                && slot.database().filter(database::equals).isPresent();
        if (!fits) {
            throw new SQLException("Replication slot '" + slot.name() + "' is not for database '" + database
                    + "' with plugin " + ReplicationSlots.PLUGIN + "; create a source with another slot.name");
        }
    }

    private static String words(PublicationGap gap) {
        return gap.message() + " Run: " + gap.sql();
    }
}
