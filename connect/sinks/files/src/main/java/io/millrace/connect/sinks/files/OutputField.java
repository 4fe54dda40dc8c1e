package io.millrace.connect.sinks.files;

import io.millrace.connect.sinks.files.format.Part;
import io.millrace.connect.sinks.row.ColumnType.Plain;
import java.util.Arrays;
import java.util.Locale;

/** A part of a record that is written. */
enum OutputField {
    /** The key of the row. */
    KEY,
    /** The row. */
    VALUE,
    /** Place of the record in its partition. */
    OFFSET,
    /** When the record was made. */
    TIMESTAMP,
    /** The headers, as a JSON array of names and values. */
    HEADERS,
    /** The table. */
    TOPIC,
    /** The partition. */
    PARTITION;

    /**
     * Returns the part of a name, {@code offset} for example.
     *
     * @throws IllegalArgumentException when there is none, in words
     */
    static OutputField of(String name) {
        return Arrays.stream(values())
                .filter(field -> field.label().equals(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("names '" + name + "'; known are "
                        + String.join(
                                ", ",
                                Arrays.stream(values()).map(OutputField::label).toList())));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the place of a part whose form does not depend on the table. */
    Part plain() {
        return Part.of(
                label(),
                switch (this) {
                    case KEY, VALUE, TOPIC -> Plain.TEXT;
                    case OFFSET -> Plain.INT64;
                    case TIMESTAMP -> Plain.TIMESTAMP_ZONED;
                    case HEADERS -> Plain.JSON;
                    case PARTITION -> Plain.INT32;
                });
    }
}
