package io.millrace.bench;

import java.util.List;

/** Something that is measured. */
@FunctionalInterface
public interface Benchmark {
    /** Measures, which takes its time, and returns what was found. */
    List<Figure> run() throws Exception;
}
