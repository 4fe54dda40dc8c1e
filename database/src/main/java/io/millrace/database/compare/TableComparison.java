package io.millrace.database.compare;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Compares one table with its copy. Reads and changes nothing; keeps a few thousand keys in memory at most. */
public final class TableComparison {
    /** How often a range that differs is compared again. */
    private static final int ROUNDS = 3;

    private final TableReader source;
    private final TableReader destination;
    private final Terms terms;
    private final Pause pause;

    public TableComparison(TableReader source, TableReader destination, Terms terms, Pause pause) {
        this.source = source;
        this.destination = destination;
        this.terms = terms;
        this.pause = pause;
    }

    /**
     * Compares the tables.
     *
     * @throws InterruptedException when the thread was interrupted, or the pause says so
     */
    public Outcome run() throws SQLException, InterruptedException {
        Pass pass = inOneView(this::firstPass);
        List<Range> differing = pass.differing();
        for (int round = 0; round < ROUNDS && !differing.isEmpty(); round++) {
            pause.await(terms.settle());
            List<Range> looked = differing;
            differing = inOneView(() -> lookAgain(looked));
        }
        List<Range> left = differing.stream().filter(Range::differs).toList();
        inOneView(() -> {
            for (Range range : left) {
                range.measure(source, destination);
            }
            return true;
        });
        return outcome(pass, left);
    }

    /** Rows of both sides, and the ranges that differ at the first look. */
    private record Pass(long rowsSource, long rowsDestination, int ranges, List<Range> differing) {
        Pass and(Pass next) {
            return new Pass(
                    rowsSource + next.rowsSource,
                    rowsDestination + next.rowsDestination,
                    ranges + next.ranges,
                    Stream.concat(differing.stream(), next.differing.stream()).toList());
        }
    }

    private interface Work<T> {
        T run() throws SQLException, InterruptedException;
    }

    private <T> T inOneView(Work<T> work) throws SQLException, InterruptedException {
        source.begin();
        try {
            destination.begin();
            try {
                return work.run();
            } finally {
                destination.end();
            }
        } finally {
            source.end();
        }
    }

    private Pass firstPass() throws SQLException, InterruptedException {
        return terms.countsOnly() ? counted() : summed();
    }

    /** Where counts are equal, nobody looks which rows there are. */
    private Pass counted() throws SQLException, InterruptedException {
        long atSource = 0;
        long atDestination = 0;
        for (KeyBounds part : terms.parts()) {
            atSource += source.count(part);
            atDestination += destination.count(part);
        }
        return atSource == atDestination ? new Pass(atSource, atDestination, 1, List.of()) : summed();
    }

    private Pass summed() throws SQLException, InterruptedException {
        Pass pass = new Pass(0, 0, 0, List.of());
        for (KeyBounds part : terms.parts()) {
            pass = pass.and(summed(part));
        }
        return pass;
    }

    private Pass summed(KeyBounds part) throws SQLException, InterruptedException {
        long rowsSource = 0;
        long rowsDestination = 0;
        int ranges = 0;
        List<Range> differing = new ArrayList<>();
        Optional<KeyBounds> rest = Optional.of(part);
        while (rest.isPresent()) {
            goOn();
            Cut cut = new Cut(terms.rangeRows());
            source.read(rest.get(), OptionalInt.of(terms.rangeRows() + 1), cut);
            KeyBounds bounds = rest.get().endingBefore(cut.next());
            Range range = new Range(bounds, terms.mostDifferences());
            range.figures(cut.sum(), Range.sum(destination, bounds));
            if (!range.isEqual()) {
                range.lookForSuspects(source, destination);
                differing.add(range);
            }
            rowsSource += range.atSource().rows();
            rowsDestination += range.atDestination().rows();
            ranges++;
            rest = cut.next().map(rest.get()::startingAt);
        }
        return new Pass(rowsSource, rowsDestination, ranges, differing);
    }

    /** Adds up so many rows and notes the key of the next one. */
    private static final class Cut implements TableReader.RowSink {
        private final int most;
        private RangeSum sum = RangeSum.NONE;
        private Optional<List<String>> next = Optional.empty();

        Cut(int most) {
            this.most = most;
        }

        @Override
        public void take(ComparedRow row) {
            if (sum.rows() < most) {
                sum = sum.and(row);
            } else {
                next = Optional.of(row.keyTexts());
            }
        }

        RangeSum sum() {
            return sum;
        }

        Optional<List<String>> next() {
            return next;
        }
    }

    /** Returns the ranges that differ still. */
    private List<Range> lookAgain(List<Range> ranges) throws SQLException, InterruptedException {
        List<Range> left = new ArrayList<>();
        for (Range range : ranges) {
            goOn();
            range.lookAgain(source, destination);
            if (range.isSuspected()) {
                left.add(range);
            }
        }
        return left;
    }

    private Outcome outcome(Pass pass, List<Range> left) {
        List<String> names = source.table().columns().stream()
                .map(column -> column.column().name())
                .toList();
        List<Difference> differences = left.stream()
                .flatMap(Range::differences)
                .limit(terms.mostDifferences())
                .map(suspect -> new Difference(
                        suspect.key(),
                        suspect.kind(),
                        suspect.columns().stream().map(names::get).toList()))
                .toList();
        return new Outcome(
                pass.rowsSource(),
                pass.rowsDestination(),
                pass.ranges(),
                left.stream().map(Range::result).toList(),
                differences);
    }

    private static void goOn() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("The comparison was ended");
        }
    }
}
