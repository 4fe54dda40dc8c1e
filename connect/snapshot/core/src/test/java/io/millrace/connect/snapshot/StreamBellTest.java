package io.millrace.connect.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StreamBellTest {
    private static final Duration LONG = Duration.ofDays(1);

    @Test
    void endsTheWaitOfWhoPolls() throws InterruptedException {
        StreamBell bell = StreamBell.hang();
        Consumer<Boolean> queue = StreamBell.of(bell.in(Map.of()));

        CompletableFuture<Void> ringing = CompletableFuture.runAsync(() -> queue.accept(true));
        bell.await(LONG);

        ringing.join();
    }

    @Test
    void ringsUntilTheQueueIsEmpty() throws InterruptedException {
        StreamBell bell = StreamBell.hang();
        Consumer<Boolean> queue = StreamBell.of(bell.in(Map.of()));

        queue.accept(true);
        bell.await(LONG);
        bell.await(LONG);
        queue.accept(false);
        long before = System.nanoTime();
        bell.await(Duration.ofMillis(20));

        assertThat(System.nanoTime() - before)
                .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test
    void isNotFoundAfterItWasClosed() throws InterruptedException {
        StreamBell bell = StreamBell.hang();
        bell.close();

        StreamBell.of(bell.in(Map.of())).accept(true);
        long before = System.nanoTime();
        bell.await(Duration.ofMillis(20));

        assertThat(System.nanoTime() - before)
                .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test
    void canBeLeftByAnInterrupt() {
        StreamBell bell = StreamBell.hang();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> bell.await(LONG)).isInstanceOf(InterruptedException.class);
    }
}
