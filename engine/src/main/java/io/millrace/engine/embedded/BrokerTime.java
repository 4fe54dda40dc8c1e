package io.millrace.engine.embedded;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * The time by which the broker measures durations. It can skip ahead, so that what a killed process left behind runs out
 * at once: the controller refuses a broker as long as an earlier one of the same id may be alive, which it decides by
 * silence. Here the lock on the folder has already shown that it is dead.
 */
final class BrokerTime implements Time {
    private final AtomicLong skippedNanos = new AtomicLong();

    void skip(Duration duration) {
        skippedNanos.addAndGet(duration.toNanos());
    }

    @Override
    public long nanoseconds() {
        return Time.SYSTEM.nanoseconds() + skippedNanos.get();
    }

    @Override
    public long milliseconds() {
        return Time.SYSTEM.milliseconds();
    }

    @Override
    public void sleep(long millis) {
        Time.SYSTEM.sleep(millis);
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis)
            throws InterruptedException {
        Time.SYSTEM.waitObject(object, condition, deadlineMillis);
    }
}
