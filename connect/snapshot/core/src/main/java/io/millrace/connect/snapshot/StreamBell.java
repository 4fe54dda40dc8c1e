package io.millrace.connect.snapshot;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the one thread that polls a streaming task whether there is something to poll. The queue inside the streaming
 * task finds it by an id in the task's configuration.
 *
 * <p>A task whose queue knows of no bell never rings; then polling goes by time alone.
 */
public final class StreamBell implements AutoCloseable {
    private static final String ID = "millrace.stream.bell";
    private static final Map<String, StreamBell> HUNG = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private volatile boolean rings;
    private volatile @Nullable Thread waiting;

    private StreamBell() {}

    /** Makes a bell that queues can find until it is closed. */
    static StreamBell hang() {
        StreamBell bell = new StreamBell();
        HUNG.put(bell.id, bell);
        return bell;
    }

    /** Returns a configuration that leads to this bell. */
    Map<String, String> in(Map<String, String> config) {
        Map<String, String> told = new HashMap<>(config);
        told.put(ID, id);
        return told;
    }

    /**
     * Returns what a queue calls after each change, with whether it holds something; without effect when the
     * configuration leads to no bell. Calls must come one after the other.
     */
    public static Consumer<Boolean> of(Map<String, ?> config) {
        return Optional.ofNullable(config.get(ID))
                .flatMap(id -> Optional.ofNullable(HUNG.get(id.toString())))
                .<Consumer<Boolean>>map(bell -> bell::set)
                .orElse(something -> {});
    }

    private void set(boolean something) {
        if (something != rings) {
            rings = something;
            if (something) {
                LockSupport.unpark(waiting);
            }
        }
    }

    /** Waits until it rings, at most so long; for one thread. */
    void await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        waiting = Thread.currentThread();
        long left = atMost.toNanos();
        while (!rings && left > 0) {
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            left = end - System.nanoTime();
        }
    }

    @Override
    public void close() {
        HUNG.remove(id);
    }
}
