package io.millrace.bench;

import java.io.PrintStream;

/** Tells a person who waits what is being measured. */
record Progress(PrintStream out) {
    void tell(String text) {
        out.println(text);
        out.flush();
    }
}
