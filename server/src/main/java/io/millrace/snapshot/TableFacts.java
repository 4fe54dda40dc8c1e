package io.millrace.snapshot;

import io.millrace.database.KeyOrigin;
import java.util.List;
import java.util.Optional;

/**
 * What the database says about a table that somebody would snapshot.
 *
 * @param problems why it cannot be done; a table without a key is no problem here, see {@code keyOrigin}
 * @param warnings what makes it slow or risky
 * @param keyColumns columns that would order the chunks; empty when there are none
 * @param estimate rows that the filter leaves
 * @param bytes size on disk of what would be read
 * @param indexUsed index that serves the chunk queries
 */
public record TableFacts(
        List<Problem> problems,
        List<String> warnings,
        List<String> keyColumns,
        KeyOrigin keyOrigin,
        Optional<Estimate> estimate,
        Optional<Long> bytes,
        Optional<String> indexUsed) {
    public TableFacts {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        keyColumns = List.copyOf(keyColumns);
    }

    /** Returns whether there is something to order chunks by. */
    boolean hasKey() {
        return keyOrigin != KeyOrigin.NONE;
    }
}
