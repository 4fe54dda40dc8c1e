package io.millrace.connect.snapshot;

import io.millrace.control.TableName;
import io.millrace.control.TopicNames;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table of the simulated database: rows by key as the log has them, in versions that only grow.
 *
 * @param keyed whether streamed changes carry the key; without it rows are told apart by nothing
 * @param scanned whether one connection reads all of it in one go, in each view from the first row, where views are shared
 * @param latest rows by key, of every committed transaction
 */
record SimulatedTable(String name, boolean keyed, boolean scanned, SortedMap<Integer, SimulatedRow> latest) {
    SimulatedTable(String name, boolean keyed, boolean scanned) {
        this(name, keyed, scanned, new TreeMap<>());
    }

    TableName table() {
        return new TableName("public", name);
    }

    String topic() {
        return TopicNames.of("source_1", table());
    }
}
