package io.millrace.engine.embedded;

import io.millrace.engine.ConnectorName;
import io.millrace.engine.EngineException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.runtime.distributed.RebalanceNeededException;
import org.apache.kafka.connect.util.Callback;

/**
 * Requests to the herder, each repeated while the herder is merely behind: it refuses some requests during a rebalance,
 * and learns of a connector a moment after its configuration was written.
 */
final class HerderRequests {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    private final Predicate<ConnectorName> exists;
    private final Faults faults;

    HerderRequests(Predicate<ConnectorName> exists, Faults faults) {
        this.exists = exists;
        this.faults = faults;
    }

    /**
     * Waits for the answer to a request.
     *
     * @param cannot what went wrong if it goes wrong, for example "cannot be stopped"
     * @throws EngineException with the connector's name and the herder's reason
     */
    <T> void ask(ConnectorName name, String cannot, Consumer<Callback<T>> request) {
        run(name, cannot, () -> {
            HerderReply<T> reply = new HerderReply<>();
            request.accept(reply);
            reply.await(ANSWER);
        });
    }

    /** Runs a request that has no separate answer. */
    void run(ConnectorName name, String cannot, Runnable request) {
        AtomicReference<RuntimeException> refusal = new AtomicReference<>();
        boolean done = Waiting.until(CATCH_UP, () -> {
            faults.check();
            try {
                request.run();
                return true;
            } catch (RebalanceNeededException | NotFoundException e) {
                if (e instanceof NotFoundException && !exists.test(name)) {
                    throw new EngineException("connector " + name + " " + cannot + ": it does not exist", e);
                }
                refusal.set(e);
                return false;
            } catch (RuntimeException e) {
                throw refused(name, cannot, e);
            }
        });
        if (!done) {
            throw refused(name, cannot, refusal.get());
        }
    }

    private static EngineException refused(ConnectorName name, String cannot, RuntimeException reason) {
        String text = Optional.ofNullable(reason.getMessage()).orElse(reason.toString());
        return new EngineException("connector " + name + " " + cannot + ": " + text, reason);
    }
}
