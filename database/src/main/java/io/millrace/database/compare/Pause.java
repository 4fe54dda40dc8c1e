package io.millrace.database.compare;

import java.time.Duration;

/** Lets time pass. */
public interface Pause {
    /**
     * Returns when the time is over.
     *
     * @throws InterruptedException when the comparison is to end before its time
     */
    void await(Duration time) throws InterruptedException;
}
