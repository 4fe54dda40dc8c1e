package io.millrace.metric;

import java.util.Arrays;
import java.util.Optional;

/** States of connectors and pipelines, with the numbers by which they are kept over time. */
enum State {
    UNKNOWN(0, "Unknown"),
    ACTIVE(1, "Active"),
    PAUSED(2, "Paused"),
    STOPPED(3, "Stopped"),
    BROKEN(4, "Broken"),
    STARTING(5, "Starting"),
    UNASSIGNED(6, "Unassigned"),
    PENDING(7, "Pending"),
    PENDING_UPDATE(8, "Pending Update"),
    PENDING_DELETE(9, "Pending Delete");

    private final int number;
    private final String label;

    State(int number, String label) {
        this.number = number;
        this.label = label;
    }

    /** Returns the number that stands for it; never the one of another. */
    int number() {
        return number;
    }

    /** Returns the name that clients know. */
    String label() {
        return label;
    }

    /** Returns the state of a name that clients know. */
    static State of(String label) {
        return Arrays.stream(values())
                .filter(state -> state.label.equals(label))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Returns the state that a number stands for. */
    static Optional<State> of(long number) {
        return Arrays.stream(values()).filter(state -> state.number == number).findFirst();
    }
}
