package io.millrace.bench.pipeline;

/** A source connector and a sink, which bring one table of a database into another. */
interface Pair extends AutoCloseable {
    /** Returns the name of the sink in Connect. */
    String sink();

    /** Gives the command that brings all rows; what is changed afterwards follows by itself. */
    void snapshot();

    /** Takes both away, with what they kept. */
    @Override
    void close();
}
