package io.millrace.pipeline.verify;

import io.millrace.connector.Connectors;
import io.millrace.database.compare.Pause;
import io.millrace.destination.Destinations;
import io.millrace.pipeline.PipelineRoutes;
import io.millrace.source.Sources;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes everything about verifications. Starts nothing until {@link #begin}. */
public final class Verifications implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Verifications.class);

    /** Pipelines that are verified at the same time. */
    private static final int AT_A_TIME = 2;

    private static final long LOOK_SECONDS = 10;
    private static final long LAST_WORDS_SECONDS = 2;

    private final ExecutorService comparing = Executors.newFixedThreadPool(AT_A_TIME);
    private final ScheduledExecutorService auditing = Executors.newSingleThreadScheduledExecutor();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final VerificationService service;
    private Optional<Future<?>> audits = Optional.empty();

    /** Wires verifications of pipelines between these ends. */
    public Verifications(
            Connectors.Foundation foundation, PipelineRoutes pipelines, Sources sources, Destinations destinations) {
        Pause pause = time -> {
            if (ending.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("The platform ends");
            }
        };
        service = new VerificationService(
                pipelines,
                new VerificationRun.Means(
                        new VerifiedEnds(sources, destinations),
                        new VerificationRepository(foundation.store()),
                        pause,
                        foundation.clock()),
                foundation.ids(),
                comparing);
    }

    /** Returns what serves the calls about verifications. */
    public List<Object> resources() {
        return List.of(new VerificationResource(service));
    }

    /** Closes the books of an earlier process, and begins to run audits. */
    public void begin() {
        service.mournThoseLeftRunning();
        audits =
                Optional.of(auditing.scheduleWithFixedDelay(this::audit, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS));
    }

    private void audit() {
        try {
            service.audit();
        } catch (RuntimeException e) {
            LOG.error("Audits that are due could not be started", e);
        }
    }

    @Override
    public void close() {
        ending.countDown();
        audits.ifPresent(tick -> tick.cancel(false));
        auditing.shutdownNow();
        comparing.shutdownNow();
        try {
            // So that a report which ends here says so; else the next start says it.
            if (!comparing.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("A verification that was running is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
