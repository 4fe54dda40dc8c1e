package io.millrace.bench;

import java.io.PrintStream;

/** Tells a person who waits what is being measured. */
public record Progress(PrintStream out) {
    public void tell(String text) {
        out.println(text);
        out.flush();
    }
}
