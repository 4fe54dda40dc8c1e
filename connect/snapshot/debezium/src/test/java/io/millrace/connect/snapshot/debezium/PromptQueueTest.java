package io.millrace.connect.snapshot.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.base.QueueProvider;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PromptQueueTest {
    private final PromptQueue<String> queue = new PromptQueue<>();

    @Test
    void isFoundByTheNameThatATaskIsGiven() {
        String chosen = PromptQueue.in(Map.of("slot.name", "s")).get("queue.provider.type");

        assertThat(ServiceLoader.load(QueueProvider.class))
                .filteredOn(provider -> provider.name().equals(chosen))
                .singleElement()
                .isInstanceOf(PromptQueue.class);
    }

    @Test
    void leavesTheRestOfAConfigurationAsItIs() {
        assertThat(PromptQueue.in(Map.of("slot.name", "s"))).containsEntry("slot.name", "s");
    }

    @Test
    void handsOutWhatCameInTheSameOrder() {
        queue.enqueue("first");
        queue.enqueue("second");

        assertThat(queue.poll()).isEqualTo("first");
        assertThat(queue.poll()).isEqualTo("second");
        assertThat(queue.poll()).isNull();
    }

    @Test
    void isFullOnceForWhoTookTheLast() {
        queue.enqueue("only");
        queue.poll();

        assertThat(queue.size()).isEqualTo(Integer.MAX_VALUE);
        assertThat(queue.size()).isZero();
    }

    @Test
    void isNotFullForWhoPutsSomethingIn() {
        queue.enqueue("only");
        queue.poll();

        assertThat(CompletableFuture.supplyAsync(queue::size).join()).isZero();
    }

    @Test
    void isNotFullWhileSomethingIsLeft() {
        queue.enqueue("first");
        queue.enqueue("second");
        queue.poll();

        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void isNotFullAfterAPollThatFoundNothing() {
        queue.poll();

        assertThat(queue.size()).isZero();
    }
}
