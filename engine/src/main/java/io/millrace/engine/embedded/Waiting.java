package io.millrace.engine.embedded;

import io.millrace.engine.EngineException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The one place where the engine sleeps: it asks again and again for what Kafka and Connect do not announce. */
final class Waiting {
    private static final long PAUSE_MILLIS = 20;

    private Waiting() {}

    /** Returns true as soon as the condition holds, false when it did not come true in time. */
    static boolean until(Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    /** Waits for a moment. */
    static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while waiting for the engine", e);
        }
    }
}
