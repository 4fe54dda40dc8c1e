package io.millrace.database.postgresql;

import io.millrace.database.LogRetention;
import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** The slots of a server. A slot makes the server keep its log until a consumer has confirmed it. */
public final class ReplicationSlots {
    /** The plugin that decodes the log; part of every PostgreSQL. */
    public static final String PLUGIN = "pgoutput";

    private static final int CREATE_SECONDS = 60;

    private final Connection session;

    public ReplicationSlots(Connection session) {
        this.session = session;
    }

    public Optional<ReplicationSlot> find(String name) throws SQLException {
        return Rows.first(
                session,
                """
                SELECT slot_name, plugin, database, active,
                    pg_catalog.pg_wal_lsn_diff(
                        CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
                             ELSE pg_catalog.pg_current_wal_lsn() END, restart_lsn)::bigint,
                    wal_status
                FROM pg_catalog.pg_replication_slots WHERE slot_name = ?
                """,
                row -> {
                    long retained = row.getLong(5);
                    Optional<Long> retainedBytes =
                            row.wasNull() ? Optional.empty() : Optional.of(Math.max(0, retained));
                    return new ReplicationSlot(
                            row.getString(1),
                            Optional.ofNullable(row.getString(2)),
                            Optional.ofNullable(row.getString(3)),
                            row.getBoolean(4),
                            retainedBytes,
                            Optional.ofNullable(row.getString(6)));
                },
                name);
    }

    /** Returns how much log the server keeps for a slot; empty where there is no such slot, and for one that was never used. */
    public Optional<LogRetention> retention(String name) throws SQLException {
        // Before version 13 a slot has no limit, and no column for it.
        return Rows.first(
                session,
                """
                SELECT pg_catalog.pg_wal_lsn_diff(now.lsn, s.restart_lsn)::bigint,
                    (pg_catalog.to_jsonb(s) ->> 'safe_wal_size')::bigint,
                    pg_catalog.pg_wal_lsn_diff(now.lsn, '0/0')::bigint
                FROM pg_catalog.pg_replication_slots s, (SELECT CASE WHEN pg_catalog.pg_is_in_recovery()
                    THEN pg_catalog.pg_last_wal_replay_lsn() ELSE pg_catalog.pg_current_wal_lsn() END AS lsn) now
                WHERE s.slot_name = ? AND s.restart_lsn IS NOT NULL
                """,
                row -> {
                    long retainable = row.getLong(2);
                    Optional<Long> retainableBytes =
                            row.wasNull() ? Optional.empty() : Optional.of(Math.max(0, retainable));
                    return new LogRetention(Math.max(0, row.getLong(1)), retainableBytes, row.getLong(3));
                },
                name);
    }

    /** Returns whether whoever reads the slot has acknowledged everything before a position in the log. */
    public boolean hasPassed(String name, String position) throws SQLException {
        return Rows.first(
                        session,
                        "SELECT confirmed_flush_lsn >= ?::pg_catalog.pg_lsn FROM pg_catalog.pg_replication_slots"
                                + " WHERE slot_name = ?",
                        row -> row.getBoolean(1),
                        position,
                        name)
                .orElse(false);
    }

    /**
     * Makes a slot for {@link #PLUGIN} in this database. Waits for transactions that are running now, a minute at most.
     *
     * @throws SQLException if there is one of that name, no slot is left, or the user may not
     */
    public void create(String name) throws SQLException {
        try (PreparedStatement statement =
                session.prepareStatement("SELECT pg_catalog.pg_create_logical_replication_slot(?, ?)")) {
            statement.setQueryTimeout(CREATE_SECONDS);
            statement.setString(1, name);
            statement.setString(2, PLUGIN);
            statement.execute();
        }
    }

    /**
     * Drops a slot, and with it what the server kept for it.
     *
     * @return whether there was one
     * @throws SQLException if it is in use (state 55006), or the user may not
     */
    public boolean drop(String name) throws SQLException {
        return Rows.first(
                        session,
                        "SELECT pg_catalog.pg_drop_replication_slot(slot_name) FROM pg_catalog.pg_replication_slots"
                                + " WHERE slot_name = ?",
                        row -> true,
                        name)
                .isPresent();
    }
}
