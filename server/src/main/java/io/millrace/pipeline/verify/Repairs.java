package io.millrace.pipeline.verify;

import io.millrace.destination.Landing;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.pipeline.PipelineRoute;
import io.millrace.pipeline.PipelineRoutes;
import io.millrace.store.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs what verifications found. A repair is part of the report of its verification, and kept like it.
 *
 * <p>What a repair is going to write again is in the store before it deletes the first row; from then on it is finished,
 * by this process or the next one: {@link #follow} begins its snapshot and waits for the end of it.
 */
final class Repairs {
    private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);
    private static final long MOST_PATIENCE_SECONDS = 60;

    private final PipelineRoutes pipelines;
    private final VerificationRun.Means means;
    private final RepairSnapshots snapshots;
    private final Ids ids;
    private final Work work;
    private final Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();

    /** Repairs that are at work on their destination in this process. */
    private final Set<String> deleting = ConcurrentHashMap.newKeySet();

    /** Where and when work on pipelines is done. */
    record Work(ExecutorService threads, Turns turns) {}

    Repairs(PipelineRoutes pipelines, VerificationRun.Means means, RepairSnapshots snapshots, Ids ids, Work work) {
        this.pipelines = pipelines;
        this.means = means;
        this.snapshots = snapshots;
        this.ids = ids;
        this.work = work;
    }

    /** Starts a repair; returns its report as it is at once, or when it is over. */
    RepairReport repair(Caller caller, String pipelineId, VerifyRequests.Repair request, boolean wait) {
        PipelineRoute route = pipelines.get(caller, pipelineId);
        VerifyReport found = found(route, request.verificationId());
        RepairReport begun = begin(route, found, request, caller.subject());
        if (!wait) {
            return begun;
        }
        await(begun.repairId());
        return means.reports()
                .find(route.id(), begun.verificationId())
                .flatMap(VerifyReport::repair)
                .orElse(begun);
    }

    private VerifyReport found(PipelineRoute route, Optional<String> verificationId) {
        VerifyReport report = verificationId
                .map(id -> means.reports()
                        .find(route.id(), id)
                        .orElseThrow(() -> new ApiProblem.NotFound("Verification not found: " + id)))
                .or(() -> means.reports().newest(route.id()))
                .orElseThrow(() -> new ApiProblem.BadRequest("Pipeline " + route.id()
                        + " was never verified, so nothing is known to differ; verify it first"));
        return switch (report.status()) {
            case COMPLETED -> report;
            case RUNNING ->
                throw new ApiProblem.Conflict("Verification "
                        + report.verificationId().orElseThrow() + " is running; repair what it finds when it is over");
            default ->
                throw new ApiProblem.BadRequest(
                        "Verification " + report.verificationId().orElseThrow()
                                + " failed, so nothing is known to differ: "
                                + report.error().orElse("no reason was given") + "; verify again");
        };
    }

    /** As {@link #begin}; what refuses it is said in the report instead. */
    void beginOrSayWhyNot(PipelineRoute route, VerifyReport found, VerifyRequests.Repair request, String by) {
        try {
            RepairReport begun = begin(route, found, request, by);
            LOG.info("Repair {} of pipeline {} begins", begun.repairId(), route.id());
        } catch (ApiProblem e) {
            RepairReport wanted = wanted(route, found, request, by);
            means.reports()
                    .update(found.with(wanted.failed(String.valueOf(e.getMessage()), wanted.startedTimestamp())));
        }
    }

    /** Starts a repair of what a verification found. */
    RepairReport begin(PipelineRoute route, VerifyReport found, VerifyRequests.Repair request, String by) {
        Landing landing = means.ends().landing(route);
        means.ends().refuseUnlessRunning(route);
        RepairReport repair = wanted(route, found, request, by);
        work.turns().take(route.id());
        try {
            refuseWhileRepaired(route);
            VerifyReport begun = found.with(repair);
            means.reports().update(begun);
            awaited.put(repair.repairId(), new CountDownLatch(1));
            deleting.add(repair.repairId());
            RepairRun run = new RepairRun(route, landing, request, means, snapshots, begun);
            work.threads().execute(() -> {
                try {
                    run.run();
                } finally {
                    deleting.remove(repair.repairId());
                    work.turns().giveBack(route.id());
                    follow();
                }
            });
            return repair;
        } catch (RuntimeException e) {
            deleting.remove(repair.repairId());
            work.turns().giveBack(route.id());
            throw e;
        }
    }

    private RepairReport wanted(PipelineRoute route, VerifyReport found, VerifyRequests.Repair request, String by) {
        List<String> wanted = VerificationService.topics(route, request.topics());
        return new RepairReport(
                ids.next(),
                found.verificationId().orElseThrow(),
                route.id(),
                RepairReport.Status.RUNNING,
                request.deletesOnly(),
                by,
                means.clock().instant(),
                Optional.empty(),
                Optional.empty(),
                found.topics().stream()
                        .filter(topic -> wanted.contains(topic.topicId()))
                        .map(Repairs::topic)
                        .toList(),
                Optional.empty());
    }

    /** Returns whether a repair of a pipeline is not over. */
    boolean isAtWork(PipelineRoute route) {
        return running(route).isPresent();
    }

    private Optional<VerifyReport> running(PipelineRoute route) {
        return means.reports().running().stream()
                .filter(report -> report.pipelineId().equals(route.id()) && report.isRepaired())
                .findFirst();
    }

    private void refuseWhileRepaired(PipelineRoute route) {
        running(route).ifPresent(report -> {
            throw new ApiProblem.Conflict("A repair of pipeline " + route.id() + " is running; read it with GET"
                    + " /pipelines/" + route.id() + "/verify?verification_id="
                    + report.verificationId().orElseThrow());
        });
    }

    private static RepairReport.Topic topic(VerifyTopic found) {
        if (found.error().isPresent()) {
            return RepairReport.Topic.of(found, VerifyTopic.State.SKIPPED, found.error());
        }
        return found.ok().orElse(true)
                ? RepairReport.Topic.of(found, VerifyTopic.State.SKIPPED, Optional.of("Nothing differs"))
                : RepairReport.Topic.of(found, VerifyTopic.State.PENDING, Optional.empty());
    }

    /** Goes on with what was promised: begins snapshots that are due, and closes the books of those that are over. */
    synchronized void follow() {
        for (VerifyReport report : means.reports().running()) {
            if (report.isRepaired()
                    && !deleting.contains(report.repair().orElseThrow().repairId())) {
                RepairReport before = report.repair().orElseThrow();
                RepairReport now = followed(before);
                if (!now.equals(before)) {
                    means.reports().update(report.with(now));
                }
            }
        }
        Set<String> running = means.reports().running().stream()
                .flatMap(report -> report.repair().stream())
                .filter(RepairReport::isRunning)
                .map(RepairReport::repairId)
                .collect(Collectors.toSet());
        awaited.forEach((id, end) -> {
            if (!running.contains(id)) {
                end.countDown();
                awaited.remove(id);
            }
        });
    }

    private RepairReport followed(RepairReport repair) {
        Instant now = means.clock().instant();
        if (repair.written().isEmpty()) {
            return repair.topics().stream().anyMatch(RepairReport.Topic::isOpen)
                    ? repair.failed("The platform ended before anything was changed; repair again", now)
                    : repair.finished(now);
        }
        try {
            PipelineRoute route = pipelines
                    .find(repair.pipelineId())
                    .orElseThrow(() -> new ApiProblem.NotFound("The pipeline does not exist any more"));
            RepairReport.Snapshot snapshot = snapshots.begin(route, repair);
            RepairReport told = repair.with(snapshot);
            return switch (snapshot.status()) {
                case COMPLETED -> told.finished(now);
                case CANCELLED, FAILED ->
                    told.failed(
                            "Snapshot " + snapshot.snapshotId()
                                    + " did not come to its end, so rows may be missing that"
                                    + " were deleted; continue it, and verify again",
                            now);
                default -> told;
            };
        } catch (ApiProblem.NotFound e) {
            return repair.failed(String.valueOf(e.getMessage()), now);
        } catch (ApiProblem e) {
            return repair.waiting("Rows are still to be snapshotted: " + e.getMessage());
        }
    }

    private void await(String repairId) {
        try {
            CountDownLatch end = awaited.get(repairId);
            if (end != null && !end.await(MOST_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("The answer says that repair {} is running", repairId);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
