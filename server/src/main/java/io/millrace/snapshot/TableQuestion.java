package io.millrace.snapshot;

import io.millrace.control.SnapshotKind;
import java.util.Optional;

/**
 * A table that somebody would snapshot.
 *
 * @param surrogateKey column that is to order the chunks
 * @param filter text of a WHERE clause, straight from the client
 * @param kind of the snapshot
 */
public record TableQuestion(
        TableTopic topic, Optional<String> surrogateKey, Optional<String> filter, SnapshotKind kind) {
    /** Returns the question about an incremental snapshot. */
    public static TableQuestion incremental(TableTopic topic, Optional<String> surrogateKey, Optional<String> filter) {
        return new TableQuestion(topic, surrogateKey, filter, SnapshotKind.INCREMENTAL);
    }

    /** Returns the question about a blocking snapshot, which reads whole tables and needs no key. */
    static TableQuestion blocking(TableTopic topic) {
        return new TableQuestion(topic, Optional.empty(), Optional.empty(), SnapshotKind.BLOCKING);
    }

    boolean isBlocking() {
        return kind == SnapshotKind.BLOCKING;
    }
}
