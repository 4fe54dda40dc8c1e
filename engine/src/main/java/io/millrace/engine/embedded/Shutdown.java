package io.millrace.engine.embedded;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, closed once and in reverse order. Each part has a time limit, because a connector that does not
 * stop must not keep the process from ending.
 */
final class Shutdown implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final Deque<Part> parts = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(String name, Duration atMost, T part) {
        parts.push(new Part(name, atMost, part));
        return part;
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    private record Part(String name, Duration atMost, AutoCloseable part) {
        void close() {
            long begin = System.nanoTime();
            try {
                CompletableFuture.runAsync(this::closeQuietly).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
                LOG.debug("{} closed in {} ms", name, (System.nanoTime() - begin) / 1_000_000);
            } catch (TimeoutException e) {
                LOG.warn("{} did not close within {} ms and is left behind", name, atMost.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.warn("interrupted while closing {}", name);
            } catch (ExecutionException e) {
                LOG.warn("closing {}", name, e);
            }
        }

        private void closeQuietly() {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("closing {}", name, e);
            }
        }
    }
}
