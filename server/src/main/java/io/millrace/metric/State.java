package io.millrace.metric;

import java.util.Arrays;
import java.util.Optional;

/** States of connectors and pipelines as they are kept over time: never change the order. */
enum State {
    UNKNOWN("Unknown"),
    ACTIVE("Active"),
    PAUSED("Paused"),
    STOPPED("Stopped"),
    BROKEN("Broken"),
    STARTING("Starting"),
    UNASSIGNED("Unassigned"),
    PENDING("Pending"),
    PENDING_UPDATE("Pending Update"),
    PENDING_DELETE("Pending Delete");

    private final String label;

    State(String label) {
        this.label = label;
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
        return number >= 0 && number < values().length ? Optional.of(values()[(int) number]) : Optional.empty();
    }
}
