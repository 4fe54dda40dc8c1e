package io.millrace.database;

import java.math.BigDecimal;
import java.util.Optional;

/** Kinds of key columns of which the table and the topic can be compared, by a text that is the same for equal values. */
public enum KeyKind {
    INTEGER,
    TEXT,
    /** Blanks at the end do not count. */
    PADDED,
    BOOLEAN,
    DECIMAL,
    /** Days since 1970. */
    DATE,
    /** Microseconds since 1970, without a zone. */
    TIMESTAMP,
    /** Microseconds since 1970 in UTC. */
    INSTANT;

    /** Returns the text that stands for a value, given as digits, letters or a decimal number; empty for none. */
    public Optional<String> canonical(String text) {
        return switch (this) {
            case PADDED -> Optional.of(text.replaceFirst(" +$", ""));
            case DECIMAL -> decimal(text);
            default -> Optional.of(text);
        };
    }

    private static Optional<String> decimal(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return Optional.of(
                    number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
