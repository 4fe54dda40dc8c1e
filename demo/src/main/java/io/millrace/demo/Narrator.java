package io.millrace.demo;

import java.io.PrintStream;

/** What the audience reads: numbered steps, the command line of each, and what came of it. */
final class Narrator {
    private final PrintStream out;
    private final boolean terminal;
    private int step;

    /** @param terminal whether {@code out} shows colours and moves its cursor */
    Narrator(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void step(String title) {
        step++;
        out.println();
        out.println(bold(step + ". " + title));
    }

    void command(String line) {
        out.println(dim("   $ " + line.replace("\n", "\n     ")));
    }

    void say(String text) {
        out.println("   " + text);
    }

    /** Returns a view for a run that starts or goes on. */
    ProgressView progress() {
        return ProgressView.on(out, terminal);
    }

    private String bold(String text) {
        return terminal ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private String dim(String text) {
        return terminal ? "\u001b[2m" + text + "\u001b[0m" : text;
    }
}
