package io.millrace.database.postgresql;

import io.millrace.database.Check;
import io.millrace.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a slot can be used, or made. */
final class SlotCheck {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,63}");

    private final Connection session;
    private final String database;

    SlotCheck(Connection session, String database) {
        this.session = session;
        this.database = database;
    }

    Check of(String name, boolean mayBeActive) throws SQLException {
        if (!NAME.matcher(name).matches()) {
            return failed(
                    "'" + name + "' is not a name for a slot.",
                    "Use lower-case letters, digits and underscores, 63 at most.");
        }
        Optional<ReplicationSlot> slot = new ReplicationSlots(session).find(name);
        return slot.isPresent() ? existing(slot.get(), mayBeActive) : missing(name);
    }

    private Check existing(ReplicationSlot slot, boolean mayBeActive) {
        String subject = "Slot '" + slot.name() + "'";
        String drop = "SELECT pg_drop_replication_slot(" + Identifiers.literal(slot.name()) + ");";
        if (!slot.plugin().filter(ReplicationSlots.PLUGIN::equals).isPresent()) {
            return failed(
                    subject + " is of plugin " + slot.plugin().orElse("none (it is physical)") + ", not "
                            + ReplicationSlots.PLUGIN + ".",
                    "Choose another slot name, or drop it if nobody needs it: " + drop);
        }
        if (!slot.database().filter(database::equals).isPresent()) {
            return failed(
                    subject + " belongs to database " + slot.database().orElse("unknown") + ".",
                    "Choose another slot name.");
        }
        if (slot.isLost()) {
            return failed(subject + " has lost log that it needs.", "Drop it; it is made anew: " + drop);
        }
        if (slot.active() && !mayBeActive) {
            return failed(
                    subject + " is in use by another session.",
                    "Choose another slot name, or stop what uses it: SELECT active_pid FROM pg_replication_slots WHERE"
                            + " slot_name = " + Identifiers.literal(slot.name()) + ";");
        }
        return Check.passed(
                CheckNames.REPLICATION_SLOT,
                subject + " exists and keeps " + slot.retainedBytes().orElse(0L) + " bytes of log.");
    }

    private Check missing(String name) throws SQLException {
        long left = left("max_replication_slots", "pg_catalog.pg_replication_slots");
        if (left <= 0) {
            return failed(
                    "Slot '" + name + "' does not exist, and the server has no slot left.",
                    "Drop a slot that nobody needs, or raise max_replication_slots and restart the server.");
        }
        if (left("max_wal_senders", "pg_catalog.pg_stat_replication") <= 0) {
            return failed(
                    "Slot '" + name + "' does not exist, and the server has no sender left to stream it.",
                    "Raise max_wal_senders and restart the server.");
        }
        return Check.passed(CheckNames.REPLICATION_SLOT, "Slot '" + name + "' is free and will be made.");
    }

    private long left(String limit, String used) throws SQLException {
        return Rows.first(
                        session,
                        "SELECT pg_catalog.current_setting(?)::bigint - (SELECT pg_catalog.count(*) FROM " + used + ")",
                        row -> row.getLong(1),
                        limit)
                .orElse(0L);
    }

    private static Check failed(String message, String hint) {
        return Check.failed(CheckNames.REPLICATION_SLOT, message, hint);
    }
}
