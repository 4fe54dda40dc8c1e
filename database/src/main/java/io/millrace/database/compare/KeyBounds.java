package io.millrace.database.compare;

import java.util.List;
import java.util.Optional;

/**
 * A range of keys, each given by the texts of its columns.
 *
 * @param from the first key that is in it; empty for no end
 * @param to the first key that is not in it any more; empty for no end
 */
public record KeyBounds(Optional<List<String>> from, Optional<List<String>> to) {
    /** All keys. */
    public static final KeyBounds ALL = new KeyBounds(Optional.empty(), Optional.empty());

    public KeyBounds {
        from = from.map(List::copyOf);
        to = to.map(List::copyOf);
    }

    KeyBounds startingAt(List<String> key) {
        return new KeyBounds(Optional.of(key), to);
    }

    KeyBounds endingBefore(Optional<List<String>> key) {
        return new KeyBounds(from, key.or(() -> to));
    }
}
