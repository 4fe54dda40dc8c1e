package io.millrace.source;

import io.millrace.store.Ids;
import io.millrace.store.Store;

/** The rows that belong to sources, and the store that they are in. */
record SourceTables(
        Store store,
        ClaimRepository claims,
        TopicRepository topics,
        ObjectRepository things,
        RemnantRepository remnants) {
    SourceTables(Store store, Ids ids) {
        this(
                store,
                new ClaimRepository(),
                new TopicRepository(ids),
                new ObjectRepository(),
                new RemnantRepository(ids));
    }

    /** Returns what is known of the things in the database of a source. */
    Ledger ledger(SourceId source) {
        return new StoredLedger(store, things, source);
    }
}
