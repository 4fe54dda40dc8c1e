package io.millrace.store;

import java.nio.file.Path;

/** A database in which tests open stores. */
public enum TestStore {
    SQLITE {
        @Override
        public Store open(Path folder) {
            return Store.sqlite(folder.resolve("millrace.db"));
        }
    };

    /** Opens a store of the test's own; the same folder gives the same store again. */
    public abstract Store open(Path folder);
}
