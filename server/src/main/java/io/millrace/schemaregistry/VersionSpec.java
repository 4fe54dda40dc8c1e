package io.millrace.schemaregistry;

import java.util.OptionalInt;

/** A version as it is asked for: a number, or the latest one. */
record VersionSpec(OptionalInt number) {
    /** Reads a number from 1, {@code latest}, or {@code -1}, which also means the latest. */
    static VersionSpec parse(String text) {
        if (text.equals("latest") || text.equals("-1")) {
            return new VersionSpec(OptionalInt.empty());
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return new VersionSpec(OptionalInt.of(number));
            }
        } catch (NumberFormatException e) {
            // Refused below, with every other text that is no version.
        }
        throw RegistryProblems.invalidVersion(text);
    }
}
