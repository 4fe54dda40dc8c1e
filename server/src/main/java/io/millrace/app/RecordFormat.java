package io.millrace.app;

import java.util.Locale;

/** How records are written to topics. */
public enum RecordFormat {
    AVRO,
    JSON;

    /** Returns the name that converters know it by. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
