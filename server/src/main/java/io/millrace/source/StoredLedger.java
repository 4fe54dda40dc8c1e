package io.millrace.source;

import io.millrace.store.Store;
import java.util.Optional;

/** The ledger of one source, in the store. */
record StoredLedger(Store store, ObjectRepository things, SourceId source) implements Ledger {
    @Override
    public Optional<Origin> origin(Made thing) {
        return store.read(handle -> things.origin(handle, source, thing));
    }

    @Override
    public void note(Made thing, Origin origin) {
        store.change(handle -> things.note(handle, source, thing, origin));
    }

    @Override
    public void forget(Made thing) {
        store.change(handle -> things.forget(handle, source, thing));
    }
}
