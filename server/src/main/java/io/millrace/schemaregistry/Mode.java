package io.millrace.schemaregistry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a subject takes new versions. */
enum Mode {
    READWRITE,
    READONLY;

    /** Returns the mode of that name, in whatever case. */
    static Optional<Mode> parse(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(mode -> mode.name().equals(upper)).findFirst();
    }
}
