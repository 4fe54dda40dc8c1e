package io.millrace.connect.sinks.row;

/** What the values of a column mean; each destination has a type of its own for it. */
public sealed interface ColumnType {
    /**
     * A type without parameters. Beside each stands the class of its values.
     *
     * <p>A moment or a day may be infinite, where the source has such: its value is then an {@link Infinite}.
     */
    enum Plain implements ColumnType {
        /** {@link Boolean}. */
        BOOLEAN,
        /** {@link Short}. */
        INT16,
        /** {@link Integer}. */
        INT32,
        /** {@link Long}. */
        INT64,
        /** {@link Float}; may be infinite or no number. */
        FLOAT32,
        /** {@link Double}; may be infinite or no number. */
        FLOAT64,
        /** {@link java.math.BigDecimal} of any precision and scale. */
        NUMBER,
        /** {@link String}. */
        TEXT,
        /** {@code byte[]}. */
        BYTES,
        /** {@link java.time.LocalDate}. */
        DATE,
        /**
         * {@link java.time.Duration} since midnight, to the microsecond or finer; PostgreSQL's may be a whole day, MySQL's
         * negative or many days.
         */
        TIME,
        /** {@link java.time.OffsetTime}. */
        TIME_ZONED,
        /** {@link java.time.LocalDateTime}. */
        TIMESTAMP,
        /** {@link java.time.OffsetDateTime} in UTC. */
        TIMESTAMP_ZONED,
        /** {@link String} in its canonical form. */
        UUID,
        /** {@link String} that is JSON. */
        JSON,
        /** {@link String} that is JSON, wanted in the destination's binary form where it has one. */
        JSON_BINARY,
        /** {@link String} that is XML. */
        XML,
        /** {@link String} in ISO 8601 form, {@code P1Y2M3DT4H5M6.7S}. */
        INTERVAL
    }

    /**
     * Exact numbers; {@link java.math.BigDecimal}.
     *
     * @param precision digits in all
     * @param scale digits behind the point
     */
    record Decimal(int precision, int scale) implements ColumnType {}

    /**
     * A string of bits; {@link String} of {@code 0} and {@code 1}.
     *
     * @param length how many at most
     */
    record Bits(int length) implements ColumnType {}

    /** A list of values, each of which may be null; {@link java.util.List}. */
    record Array(ColumnType element) implements ColumnType {}
}
