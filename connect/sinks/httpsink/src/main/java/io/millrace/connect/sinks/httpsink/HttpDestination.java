package io.millrace.connect.sinks.httpsink;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.LaterException;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.Taken;
import io.millrace.connect.sinks.httpsink.HttpSettings.Batching;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends rows in the order in which they came, each until the endpoint has answered 2xx for it or has refused it.
 *
 * <p>What was handed over is in a queue until then. What is offered again is known by its position and not sent twice.
 */
final class HttpDestination implements Destination {
    private static final Logger LOG = LoggerFactory.getLogger(HttpDestination.class);

    private final HttpSettings settings;
    private final Endpoint endpoint;
    private final Clock clock;
    private final RowText texts;
    private final Taken taken = new Taken();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private Instant notBefore = Instant.MIN;
    private int failures;

    HttpDestination(HttpSettings settings, Endpoint endpoint, Clock clock) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.clock = clock;
        texts = new RowText(settings.decimalsInBase64());
    }

    /** A row that was not answered for yet. */
    private record Waiting(Change change, String text, Instant since) {}

    @Override
    public void write(List<Change> changes) throws Exception {
        Instant now = clock.instant();
        for (Change change : changes) {
            if (taken.contains(change)) {
                continue;
            }
            if (change.kind() == Change.Kind.TRUNCATE) {
                LOG.warn("Table {} was truncated; an endpoint is not told", change.table());
            } else if (!change.isTombstone()) {
                queue.add(new Waiting(change, texts.of(change), now));
            }
            taken.add(change);
        }
        sendWhatIsDue();
    }

    @Override
    public void idle() throws Exception {
        sendWhatIsDue();
    }

    /** Stops before the first record of each partition that was not answered for. */
    @Override
    public boolean holdsBack() {
        return true;
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> commit(Map<TopicPartition, OffsetAndMetadata> handedOver) {
        Map<TopicPartition, OffsetAndMetadata> answered = new HashMap<>(handedOver);
        for (Waiting waiting : queue) {
            answered.computeIfPresent(
                    waiting.change().partition(),
                    (partition, position) -> new OffsetAndMetadata(
                            Math.min(position.offset(), waiting.change().offset())));
        }
        return answered;
    }

    @Override
    public void release(Collection<TopicPartition> partitions) {
        queue.removeIf(waiting -> partitions.contains(waiting.change().partition()));
        taken.release(partitions);
    }

    @Override
    public void close() {
        queue.clear();
    }

    private void sendWhatIsDue() throws Exception {
        while (isDue()) {
            Duration wait = Duration.between(clock.instant(), notBefore);
            if (!wait.isNegative() && !wait.isZero()) {
                throw new LaterException(wait, "The endpoint is left alone for " + wait.toMillis() + " ms");
            }
            try {
                send(Math.min(queue.size(), settings.batching().most()));
                failures = 0;
            } catch (TroubleException e) {
                throw again(e);
            }
        }
    }

    private boolean isDue() {
        if (queue.isEmpty()) {
            return false;
        }
        Batching batching = settings.batching();
        return batching.hold().isEmpty()
                || queue.size() >= batching.most()
                || !clock.instant()
                        .isBefore(queue.getFirst().since().plus(batching.hold().get()));
    }

    private Exception again(TroubleException trouble) {
        failures++;
        Duration backoff = settings.retries().backoff();
        Duration wait = trouble.retryAfter()
                .filter(asked -> asked.compareTo(backoff) > 0)
                .orElse(backoff);
        if (failures > settings.retries().most() && trouble.retryAfter().isEmpty()) {
            return trouble;
        }
        notBefore = clock.instant().plus(wait);
        return new LaterException(wait, trouble.getMessage(), trouble);
    }

    /** Sends the first rows of the queue; a body that is refused is halved until a single row is found to be the reason. */
    private void send(int count) throws TroubleException, RefusedException {
        Batching batching = settings.batching();
        String body = queue.stream()
                .limit(count)
                .map(Waiting::text)
                .collect(Collectors.joining(batching.separator(), batching.prefix(), batching.suffix()));
        try {
            endpoint.post(body);
        } catch (RejectedException e) {
            if (count == 1) {
                throw new RefusedException(queue.removeFirst().change(), e.getMessage());
            }
            send(count / 2);
            send(count - count / 2);
            return;
        }
        for (int i = 0; i < count; i++) {
            queue.removeFirst();
        }
    }
}
