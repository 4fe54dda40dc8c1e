package io.millrace.connect.snapshot;

import java.util.ArrayList;
import java.util.List;

/** The readers that share one table, from the begin of its reading to its end. Guarded by the engine's lock. */
final class Readers {
    private final List<TableReader> members = new ArrayList<>();
    private boolean discarded;

    void add(TableReader reader) {
        members.add(reader);
    }

    /** Takes out a reader that has nothing left to do. */
    void leave(TableReader reader) {
        members.remove(reader);
    }

    /** What these readers still bring is not taken. */
    void discard() {
        discarded = true;
    }

    /** Returns whether what a reader brings is taken. */
    boolean count(TableReader reader) {
        return !discarded && members.contains(reader);
    }

    int size() {
        return members.size();
    }

    List<TableReader> all() {
        return List.copyOf(members);
    }
}
