package io.millrace.database.compare;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A range that is compared, once or again and again. */
final class Range {
    /** Suspects that are kept of one range beyond those that would be listed. */
    private static final int MORE_SUSPECTS = 2_000;

    private final KeyBounds bounds;
    private final int mostSuspects;
    private final List<Suspect> suspects = new ArrayList<>();
    private RangeSum atSource = RangeSum.NONE;
    private RangeSum atDestination = RangeSum.NONE;
    private boolean tooMany;
    private int attempts = 1;

    Range(KeyBounds bounds, int mostDifferences) {
        this.bounds = bounds;
        mostSuspects = mostDifferences + MORE_SUSPECTS;
    }

    static RangeSum sum(TableReader reader, KeyBounds bounds) throws SQLException {
        Sum sum = new Sum();
        reader.read(bounds, OptionalInt.empty(), sum);
        return sum.sum;
    }

    private static final class Sum implements TableReader.RowSink {
        private RangeSum sum = RangeSum.NONE;

        @Override
        public void take(ComparedRow row) {
            sum = sum.and(row);
        }
    }

    void figures(RangeSum ofSource, RangeSum ofDestination) {
        atSource = ofSource;
        atDestination = ofDestination;
    }

    void measure(TableReader source, TableReader destination) throws SQLException {
        figures(sum(source, bounds), sum(destination, bounds));
    }

    boolean isEqual() {
        return atSource.equals(atDestination);
    }

    RangeSum atSource() {
        return atSource;
    }

    RangeSum atDestination() {
        return atDestination;
    }

    /** Reads the range on both sides, some rows at a time, and notes the keys that differ. */
    void lookForSuspects(TableReader source, TableReader destination) throws SQLException {
        suspects.clear();
        tooMany = false;
        Steps.differing(source, destination, bounds, (atSource, atDestination) -> {
            suspect(new Suspect(atSource.or(() -> atDestination).orElseThrow().keyTexts(), atSource, atDestination));
            return !tooMany;
        });
    }

    private void suspect(Suspect suspect) {
        if (suspects.size() < mostSuspects) {
            suspects.add(suspect);
        } else {
            tooMany = true;
        }
    }

    /** Reads what differed once more. Where that was too much to note, all of it is read. */
    void lookAgain(TableReader source, TableReader destination) throws SQLException {
        attempts++;
        if (tooMany) {
            measure(source, destination);
            if (isEqual()) {
                suspects.clear();
                tooMany = false;
            } else {
                lookForSuspects(source, destination);
            }
            return;
        }
        List<List<String>> keys = suspects.stream().map(Suspect::keyTexts).toList();
        Map<List<String>, ComparedRow> now = source.find(keys);
        Map<List<String>, ComparedRow> then = destination.find(keys);
        suspects.forEach(suspect -> suspect.readAgain(
                Optional.ofNullable(now.get(suspect.key())), Optional.ofNullable(then.get(suspect.key()))));
        suspects.removeIf(Suspect::settled);
    }

    /** Returns whether something differed when it was looked at last. */
    boolean isSuspected() {
        return tooMany || !suspects.isEmpty();
    }

    /** Returns whether the sides differ by more than what is under way. */
    boolean differs() {
        return tooMany || suspects.stream().anyMatch(Suspect::differs);
    }

    Stream<Suspect> differences() {
        return suspects.stream().filter(suspect -> tooMany || suspect.differs());
    }

    Outcome.DifferentRange result() {
        return new Outcome.DifferentRange(bounds, atSource, atDestination, attempts);
    }
}
