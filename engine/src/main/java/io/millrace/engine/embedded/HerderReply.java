package io.millrace.engine.embedded;

import io.millrace.engine.EngineException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.util.Callback;

/** The answer of the herder to one request, which it gives on a thread of its own. */
final class HerderReply<T> implements Callback<T> {
    private final CompletableFuture<Void> answered = new CompletableFuture<>();

    @Override
    public void onCompletion(Throwable error, T result) {
        Optional.ofNullable(error).ifPresentOrElse(answered::completeExceptionally, () -> answered.complete(null));
    }

    /** Waits until the request is done; throws what the herder answered when it refused. */
    void await(Duration atMost) {
        try {
            answered.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new EngineException("Connect did not answer within " + atMost.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException refusal ? refusal : new EngineException(e.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while waiting for Connect", e);
        }
    }
}
