package io.millrace.database.compare;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A key of which the two sides differed when they were read, a moment apart.
 *
 * <p>The destination follows the source. While the source changes a row, nothing can be said of it but that it
 * will be written again. So a difference counts
 * only if the source said the same at both of the last two readings, and the destination had all the time between them to
 * say it too.
 */
final class Suspect {
    private final List<String> keyTexts;
    private Optional<ComparedRow> source;
    private Optional<ComparedRow> destination;
    private boolean sourceStoodStill;

    Suspect(List<String> keyTexts, Optional<ComparedRow> source, Optional<ComparedRow> destination) {
        this.keyTexts = List.copyOf(keyTexts);
        this.source = source;
        this.destination = destination;
    }

    /** Takes what both sides say at a later time. */
    void readAgain(Optional<ComparedRow> nowAtSource, Optional<ComparedRow> nowAtDestination) {
        Optional<Long> before = digest(source);
        source = nowAtSource;
        destination = nowAtDestination;
        sourceStoodStill = before.equals(digest(source));
    }

    /** Returns whether both sides say the same. */
    boolean settled() {
        return digest(source).equals(digest(destination));
    }

    /** Returns whether the sides differ by more than what is under way. */
    boolean differs() {
        return !settled() && sourceStoodStill;
    }

    List<String> keyTexts() {
        return keyTexts;
    }

    List<String> key() {
        return source.or(() -> destination).map(ComparedRow::key).orElse(keyTexts);
    }

    Difference.Kind kind() {
        if (source.isEmpty()) {
            return Difference.Kind.EXTRA;
        }
        return destination.isEmpty() ? Difference.Kind.MISSING : Difference.Kind.DIFFERENT;
    }

    /** Returns the positions of the columns that differ; none where a side has no row. */
    List<Integer> columns() {
        if (source.isEmpty() || destination.isEmpty()) {
            return List.of();
        }
        List<Long> one = source.get().columns();
        List<Long> other = destination.get().columns();
        return IntStream.range(0, one.size())
                .filter(i -> !one.get(i).equals(other.get(i)))
                .boxed()
                .toList();
    }

    private static Optional<Long> digest(Optional<ComparedRow> row) {
        return row.map(ComparedRow::digest);
    }
}
