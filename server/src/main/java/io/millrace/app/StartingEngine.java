package io.millrace.app;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data plane that is started on another thread, beside what does not need it: half of a start is its, and the other half
 * is that of store and API.
 */
final class StartingEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StartingEngine.class);

    private final CompletableFuture<Engine> engine;

    private StartingEngine(CompletableFuture<Engine> engine) {
        this.engine = engine;
    }

    /** Begins to start a data plane. */
    static StartingEngine begin(Supplier<Engine> start) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return new StartingEngine(CompletableFuture.supplyAsync(start, thread));
        } finally {
            thread.shutdown(); // it ends with its one task
        }
    }

    /** Returns the data plane once it is up; throws what its start threw. */
    Engine await() {
        try {
            return engine.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new EngineException("the data plane does not start: " + e.getCause(), e);
        }
    }

    /** Closes the data plane, after waiting for the end of its start; one that failed has left nothing. */
    @Override
    public void close() {
        try {
            engine.join().close();
        } catch (CompletionException e) {
            LOG.debug("there is no data plane to close", e);
        }
    }
}
