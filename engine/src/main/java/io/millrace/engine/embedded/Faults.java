package io.millrace.engine.embedded;

import io.millrace.engine.EngineException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first reason for which Kafka or Connect would have ended the process. A broker or worker that gave up stays down;
 * there is one way out, a new start.
 */
final class Faults implements FaultHandlerFactory {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private final CompletableFuture<EngineException> first = new CompletableFuture<>();

    /** Keeps Kafka from ending the process, from now on and for good; the latest engine gets the reports. */
    void catchExits() {
        Exit.setExitProcedure((status, message) -> refuseToEnd("exit", status, Optional.ofNullable(message)));
        Exit.setHaltProcedure((status, message) -> refuseToEnd("halt", status, Optional.ofNullable(message)));
    }

    /** Returns the reason, when the engine failed. */
    Optional<String> reason() {
        return Optional.ofNullable(first.getNow(null)).map(Throwable::getMessage);
    }

    /** Completes with the failure as soon as there is one, and never otherwise. */
    CompletableFuture<EngineException> failure() {
        return first.copy();
    }

    /** Notes a failure; only the first one counts, the others follow from it. */
    EngineException record(String what, Throwable cause) {
        String reason = Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
        EngineException failure = new EngineException(what + ": " + reason, cause);
        if (first.complete(failure)) {
            LOG.error("The embedded engine failed: {}", what, cause);
        }
        return failure;
    }

    /** Throws when the engine has failed. */
    void check() {
        Optional.ofNullable(first.getNow(null)).ifPresent(failure -> {
            throw new EngineException(
                    "the embedded engine has failed and must be started anew: " + failure.getMessage(), failure);
        });
    }

    @Override
    public FaultHandler build(String name, boolean fatal, Runnable action) {
        if (!fatal) {
            return new LoggingFaultHandler(name, action);
        }
        return (message, cause) -> {
            action.run();
            return record(
                    "the broker cannot go on, " + message,
                    Optional.ofNullable(cause).orElseGet(() -> new IllegalStateException("fault in " + name)));
        };
    }

    private void refuseToEnd(String how, int status, Optional<String> message) {
        throw record(
                "Kafka asked for the end of the process (" + how + " " + status + ") in thread "
                        + Thread.currentThread().getName(),
                new IllegalStateException(message.orElse("see the log lines before this one")));
    }
}
