package io.millrace.engine.embedded;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the steps of a start, so that a slow one can be named. */
final class StartSteps {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedEngine.class);

    private final long begin = System.nanoTime();

    <T> T measure(String step, Supplier<T> work) {
        long started = System.nanoTime();
        T result = work.get();
        LOG.debug("{} took {} ms", step, millisSince(started));
        return result;
    }

    void run(String step, Runnable work) {
        long started = System.nanoTime();
        work.run();
        LOG.debug("{} took {} ms", step, millisSince(started));
    }

    void done(String address) {
        LOG.info("Kafka {} and Connect are ready after {} ms", address, millisSince(begin));
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
