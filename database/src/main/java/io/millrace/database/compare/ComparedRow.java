package io.millrace.database.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * A row, reduced to what a comparison needs.
 *
 * @param key canonical texts of the key
 * @param keyTexts texts of the key as the database wrote them
 * @param columns a number for each column that is compared, the same for equal values
 */
record ComparedRow(List<String> key, List<String> keyTexts, List<Long> columns) {
    ComparedRow {
        key = List.copyOf(key);
        keyTexts = List.copyOf(keyTexts);
        columns = List.copyOf(columns);
    }

    /** Returns what stands for two rows of one key, which is equal to none. */
    ComparedRow and(ComparedRow other) {
        List<Long> both = new ArrayList<>(columns);
        both.add(other.digest());
        return new ComparedRow(key, keyTexts, both);
    }

    /** Returns a number that equal rows have in common, and hardly ever two that differ. */
    long digest() {
        Digest digest = new Digest();
        key.forEach(digest::add);
        columns.forEach(digest::add);
        return digest.value();
    }
}
