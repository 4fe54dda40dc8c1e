package io.millrace.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Shows a run while it goes on: bars that move in a terminal, a line now and then elsewhere. */
sealed interface ProgressView {
    /** Shows where the run is now. */
    void show(RunProgress run);

    /** Leaves what was shown last on the screen. */
    void leave();

    /** Returns the view for where {@code out} goes. */
    static ProgressView on(PrintStream out, boolean terminal) {
        return terminal ? new Bars(out) : new Lines(out);
    }

    /** One bar for each table, drawn over the ones before. */
    final class Bars implements ProgressView {
        private static final int WIDTH = 28;

        private final PrintStream out;
        private int drawn;

        Bars(PrintStream out) {
            this.out = out;
        }

        @Override
        public void show(RunProgress run) {
            StringBuilder text = new StringBuilder();
            if (drawn > 0) {
                text.append("\u001b[").append(drawn).append('A');
            }
            for (RunProgress.Table table : run.tables()) {
                text.append("\r\u001b[K  ").append(bar(table)).append('\n');
            }
            drawn = run.tables().size();
            out.print(text);
            out.flush();
        }

        @Override
        public void leave() {
            drawn = 0;
        }

        private static String bar(RunProgress.Table table) {
            int full = (int) Math.round(WIDTH * table.percent().orElse(0.0) / 100);
            return "%-20s [%s%s] %s"
                    .formatted(table.name(), "#".repeat(full), "-".repeat(WIDTH - full), figures(table));
        }
    }

    /** A line for the run every few percent; what a log can hold. */
    final class Lines implements ProgressView {
        private static final double STEP_PERCENT = 10;

        private final PrintStream out;
        private double next;

        Lines(PrintStream out) {
            this.out = out;
        }

        @Override
        public void show(RunProgress run) {
            if (run.percent().orElse(0.0) >= next) {
                run.tables().forEach(table -> out.println("  %-20s %s".formatted(table.name(), figures(table))));
                next = run.percent().orElse(0.0) + STEP_PERCENT;
            }
        }

        @Override
        public void leave() {
            next = 0;
        }
    }

    private static String figures(RunProgress.Table table) {
        String rows = String.format(Locale.ROOT, "%,10d rows", table.rows());
        String percent = table.percent()
                .map(value -> String.format(Locale.ROOT, " %5.1f %%", value))
                .orElse("        ");
        if (table.isFinal()) {
            return rows + percent + "  " + table.status();
        }
        String rate = table.rate()
                .map(value -> String.format(Locale.ROOT, " %,8.0f rows/s", value))
                .orElse("");
        return rows + percent + "  " + table.status() + rate + eta(table.left());
    }

    private static String eta(Optional<Duration> left) {
        return left.map(time -> String.format(Locale.ROOT, "  %d s left", Math.max(1, time.toSeconds())))
                .orElse("");
    }
}
