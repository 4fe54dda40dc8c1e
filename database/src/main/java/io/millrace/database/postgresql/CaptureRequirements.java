package io.millrace.database.postgresql;

import java.util.List;

/**
 * What a source wants of a database.
 *
 * @param slot name of its replication slot
 * @param slotMayBeActive whether the source itself may be streaming from the slot now
 * @param publication name of its publication
 * @param tables to capture, each written {@code schema.table}, unquoted
 */
public record CaptureRequirements(String slot, boolean slotMayBeActive, String publication, List<String> tables) {
    public CaptureRequirements {
        tables = List.copyOf(tables);
    }
}
