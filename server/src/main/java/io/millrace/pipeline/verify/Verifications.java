package io.millrace.pipeline.verify;

import io.millrace.connector.Connectors;
import io.millrace.database.compare.Pause;
import io.millrace.destination.Destinations;
import io.millrace.pipeline.PipelineRoutes;
import io.millrace.snapshot.ExecuteSnapshots;
import io.millrace.snapshot.ValidateSnapshots;
import io.millrace.source.Sources;
import java.util.List;
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
    private final Repairs repairs;
    private List<Future<?>> ticks = List.of();

    /** Both ends of pipelines, and what takes snapshots of the first. */
    public record Ends(
            Sources sources, Destinations destinations, ExecuteSnapshots execute, ValidateSnapshots validate) {}

    /** Wires verifications of pipelines between these ends. */
    public Verifications(Connectors.Foundation foundation, PipelineRoutes pipelines, Ends ends) {
        Pause pause = time -> {
            if (ending.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("The platform ends");
            }
        };
        VerificationRun.Means means = new VerificationRun.Means(
                new VerifiedEnds(ends.sources(), ends.destinations()),
                new VerificationRepository(foundation.store()),
                pause,
                foundation.clock());
        Repairs.Work work = new Repairs.Work(comparing, new Turns());
        repairs = new Repairs(
                pipelines, means, new RepairSnapshots(ends.execute(), ends.validate()), foundation.ids(), work);
        service = new VerificationService(pipelines, means, foundation.ids(), work, repairs);
    }

    /** Returns what serves the calls about verifications. */
    public List<Object> resources() {
        return List.of(new VerificationResource(service, repairs));
    }

    /** Closes the books of an earlier process, and begins to run audits. */
    public void begin() {
        service.mournThoseLeftRunning();
        ticks = List.of(
                auditing.scheduleWithFixedDelay(() -> look(this::audit), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS),
                auditing.scheduleWithFixedDelay(() -> look(repairs::follow), 1, 1, TimeUnit.SECONDS));
    }

    /** Starts the audits that are due now. */
    public void audit() {
        service.audit();
    }

    private static void look(Runnable at) {
        try {
            at.run();
        } catch (RuntimeException e) {
            LOG.error("Audits and repairs that are due wait for the next look", e);
        }
    }

    @Override
    public void close() {
        ending.countDown();
        ticks.forEach(tick -> tick.cancel(false));
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
