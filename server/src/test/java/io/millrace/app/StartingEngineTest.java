package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.ConnectCluster;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineException;
import io.millrace.engine.KafkaCluster;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StartingEngineTest {
    private final Plane plane = new Plane();

    @Test
    void returnsTheDataPlaneOnceItIsUp() {
        StartingEngine starting = StartingEngine.begin(() -> plane);

        assertThat(starting.await()).isSameAs(plane);
    }

    @Test
    void tellsWhyTheDataPlaneDoesNotStart() {
        EngineException reason = new EngineException("port 9092 is taken");
        StartingEngine starting = StartingEngine.begin(() -> {
            throw reason;
        });

        assertThatThrownBy(starting::await).isSameAs(reason);
    }

    @Test
    void closesADataPlaneThatComesUpAfterItIsNotWantedAnyMore() throws Exception {
        CountDownLatch up = new CountDownLatch(1);
        StartingEngine starting = StartingEngine.begin(() -> {
            awaitWithout(up);
            return plane;
        });
        CompletableFuture<Void> closing = CompletableFuture.runAsync(starting::close);

        up.countDown();
        closing.get(10, TimeUnit.SECONDS);

        assertThat(plane.closed).hasValue(1);
    }

    @Test
    void hasNothingToCloseAfterAStartThatFailed() {
        StartingEngine starting = StartingEngine.begin(() -> {
            throw new EngineException("port 9092 is taken");
        });

        starting.close();

        assertThat(plane.closed).hasValue(0);
    }

    private static void awaitWithout(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Counts how often it is closed, and can do nothing else. */
    private static final class Plane implements Engine {
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public ConnectCluster connect() {
            throw new UnsupportedOperationException();
        }

        @Override
        public KafkaCluster kafka() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
