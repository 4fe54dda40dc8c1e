package io.millrace.engine.embedded;

import io.millrace.engine.BrokerRefusedException;
import io.millrace.engine.EngineException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Waits for what an admin client is answered. */
final class AdminAnswers {
    /** What a topic that is not there, or cannot be, is answered with. */
    static final Set<Class<? extends ApiException>> GONE =
            Set.of(UnknownTopicOrPartitionException.class, InvalidTopicException.class);

    private static final long ANSWER_SECONDS = 30;
    private static final Set<Class<? extends ApiException>> REFUSED = Set.of(
            InvalidConfigurationException.class,
            InvalidPartitionsException.class,
            InvalidReplicationFactorException.class,
            InvalidRequestException.class,
            InvalidTopicException.class,
            PolicyViolationException.class);

    private AdminAnswers() {}

    /** Returns the answer; {@code what} begins the sentence of a failure. */
    static <T> T await(String what, KafkaFuture<T> answer) {
        return unless(Set.of(), what, answer).orElseThrow(() -> new EngineException(what + ": no answer"));
    }

    /** Waits for the answer; one of the given errors means that there is nothing to say or to do. */
    static <T> Optional<T> unless(Set<Class<? extends ApiException>> nothingToDo, String what, KafkaFuture<T> answer) {
        try {
            return Optional.ofNullable(answer.get(ANSWER_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (nothingToDo.contains(e.getCause().getClass())) {
                return Optional.empty();
            }
            throw new EngineException(what + ": " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new EngineException(what + ": the broker did not answer within " + ANSWER_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(what + ": interrupted", e);
        }
    }

    /** Waits until a change is made. */
    static void done(String what, KafkaFuture<?> change) {
        try {
            unless(Set.of(), what, change);
        } catch (EngineException e) {
            throw refused(e).orElse(e);
        }
    }

    /** Returns whether the failure says that a topic is not there. */
    static boolean isGone(EngineException failure) {
        return Optional.ofNullable(failure.getCause())
                .map(Object::getClass)
                .filter(GONE::contains)
                .isPresent();
    }

    private static Optional<EngineException> refused(EngineException failure) {
        return Optional.ofNullable(failure.getCause())
                .filter(cause -> REFUSED.contains(cause.getClass()))
                .map(cause -> new BrokerRefusedException(String.valueOf(cause.getMessage()), cause));
    }
}
