package io.millrace.snapshot;

import java.util.List;

/** The databases of sources, asked about tables before they are snapshotted. Nothing is changed there. */
public interface SourceDatabases {
    /**
     * Returns what the source's database says, in the order of the questions. Filters are parsed by the database itself,
     * in a read-only transaction with a time limit.
     *
     * @throws SourceUnreachableException when the database cannot be asked
     */
    List<TableFacts> ask(SnapshotSource source, List<TableQuestion> questions);
}
