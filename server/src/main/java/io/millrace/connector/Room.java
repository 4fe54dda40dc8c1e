package io.millrace.connector;

import java.util.Optional;

/** Tells whether there is room for what connectors bring. Thread-safe; asked often. */
@FunctionalInterface
public interface Room {
    /** Returns what is short, in a sentence with the remedy; empty as long as there is room. */
    Optional<String> shortage();
}
