package io.millrace.connect.snapshot.debezium;

import io.debezium.connector.base.QueueProvider;
import io.millrace.connect.snapshot.StreamBell;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The queue between Debezium's streaming thread and its task, with which a poll ends as soon as it has something, and
 * polling an empty queue can be left.
 *
 * <p>Debezium's own poll waits out its interval whatever has come, unless its queue is full, and spins through the last
 * millisecond: a tenth of a core while nothing happens, and up to an interval of delay. So a poll that has just taken
 * everything is told, once, that the queue is full; and a {@link StreamBell} tells whether a poll is worth while.
 *
 * <p>Debezium calls everything but {@link #size} with a lock of its own held; {@code size} is called without it only by
 * metrics, whose threads never take anything.
 *
 * @param <T> a change with its size
 */
public final class PromptQueue<T> implements QueueProvider<T> {
    private static final String NAME = "millrace";
    private static final int FULL = Integer.MAX_VALUE;

    private final Queue<T> queue = new ArrayDeque<>();
    private Consumer<Boolean> bell = something -> {};
    private volatile @Nullable Thread emptiedBy;

    /** Returns a task's configuration with this queue chosen. */
    public static Map<String, String> in(Map<String, String> config) {
        Map<String, String> chosen = new HashMap<>(config);
        chosen.put("queue.provider.type", NAME);
        return chosen;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void configure(Map<String, ?> config) {
        bell = StreamBell.of(config);
    }

    @Override
    public void enqueue(T change) {
        queue.add(change);
        bell.accept(true);
    }

    @Override
    public @Nullable T poll() {
        T change = queue.poll();
        boolean more = !queue.isEmpty();
        bell.accept(more);
        emptiedBy = more || change == null ? null : Thread.currentThread();
        return change;
    }

    /** Returns the number of changes; told to the thread that has just taken the last one, that it is full. */
    @Override
    public int size() {
        if (Thread.currentThread().equals(emptiedBy)) {
            emptiedBy = null;
            return FULL;
        }
        return queue.size();
    }
}
