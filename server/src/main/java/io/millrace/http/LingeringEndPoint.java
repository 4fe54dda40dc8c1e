package io.millrace.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that takes its leave. A socket that is closed while bytes of the client are unread, or still on their way,
 * answers them with a reset, and a reset throws away what the client has not read yet: the answer that says why its request
 * was refused. So this one says first that nothing more follows, then drops what still comes until the client closes too,
 * and only then closes. No thread waits for that.
 */
final class LingeringEndPoint extends SocketChannelEndPoint {
    /** What a client has to close after an answer that ends the connection. */
    private static final Duration LONGEST_LEAVE = Duration.ofSeconds(10);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);
    private static final int DROPPED_AT_ONCE = 64 * 1024;
    private static final int MOST_PER_TURN = 64;

    private final SelectionKey key;
    private final BooleanSupplier serving;

    /** Wraps an accepted connection; {@code serving} says whether there is time to take leave. */
    LingeringEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            BooleanSupplier serving) {
        super(channel, selector, key, scheduler);
        this.key = key;
        this.serving = serving;
    }

    @Override
    public void doClose() {
        // Nobody is to be woken any more by what comes.
        key.cancel();
        doShutdownOutput();
        leave(System.nanoTime() + LONGEST_LEAVE.toNanos(), FIRST_PAUSE);
    }

    private void leave(long end, Duration pause) {
        if (!serving.getAsBoolean() || clientHasClosed() || System.nanoTime() - end > 0) {
            super.doClose();
            return;
        }
        Duration next = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        getScheduler().schedule(() -> leave(end, next), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Drops what has come, and returns whether nothing more can come. */
    private boolean clientHasClosed() {
        ByteBuffer dropped = ByteBuffer.allocate(DROPPED_AT_ONCE);
        try {
            for (int i = 0; i < MOST_PER_TURN; i++) {
                int read = getChannel().read(dropped.clear());
                if (read <= 0) {
                    return read < 0;
                }
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
