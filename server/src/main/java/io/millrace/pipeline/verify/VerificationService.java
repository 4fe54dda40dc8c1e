package io.millrace.pipeline.verify;

import io.millrace.destination.Landing;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.pipeline.PipelineRoute;
import io.millrace.pipeline.PipelineRoutes;
import io.millrace.store.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Starts verifications, one at a time for each pipeline, and tells what they found. */
final class VerificationService {
    /** What asks for verifications that are due. */
    static final String AUDIT = "periodic_audit";

    private static final Duration MOST_PATIENCE = Duration.ofSeconds(60);

    private final PipelineRoutes pipelines;
    private final VerificationRun.Means means;
    private final Ids ids;
    private final Repairs.Work work;
    private final Repairs repairs;

    VerificationService(
            PipelineRoutes pipelines, VerificationRun.Means means, Ids ids, Repairs.Work work, Repairs repairs) {
        this.pipelines = pipelines;
        this.means = means;
        this.ids = ids;
        this.work = work;
        this.repairs = repairs;
    }

    /** Returns a report of a pipeline: the newest, or a certain one. */
    VerifyReport get(Caller caller, String pipelineId, Optional<String> verificationId) {
        PipelineRoute route = pipelines.get(caller, pipelineId);
        if (verificationId.isEmpty()) {
            return means.reports().newest(route.id()).orElseGet(() -> VerifyReport.none(route.id()));
        }
        return means.reports()
                .find(route.id(), verificationId.get())
                .orElseThrow(() -> new ApiProblem.NotFound("Verification not found: " + verificationId.get()));
    }

    /** Starts a verification; returns its report as it is at once, or when it is over. */
    VerifyReport verify(Caller caller, String pipelineId, VerifyRequests.Body request, boolean wait) {
        PipelineRoute route = pipelines.get(caller, pipelineId);
        Started started = start(route, request, caller.subject(), Optional.empty());
        if (wait) {
            await(started.end());
            return means.reports().find(route.id(), started.id()).orElse(started.report());
        }
        return started.report();
    }

    /** Starts the verifications that pipelines want again and again and that are due. */
    void audit() {
        for (PipelineRoute route : pipelines.audited()) {
            PipelineRoute.Audit audit = route.audit().orElseThrow();
            Instant due = means.reports()
                    .lastBegun(route.id(), AUDIT)
                    .map(last -> last.plus(Duration.ofMinutes(audit.intervalMinutes())))
                    .orElse(Instant.MIN);
            if (!means.clock().instant().isBefore(due) && !repairs.isAtWork(route)) {
                startAudit(route, audit);
            }
        }
    }

    private void startAudit(PipelineRoute route, PipelineRoute.Audit audit) {
        try {
            start(route, VerifyRequests.Body.of(audit.topics()), AUDIT, Optional.of(audit));
        } catch (ApiProblem e) {
            // Said where people look for the outcome of an audit, unless somebody verifies right now.
            if (!(e instanceof ApiProblem.Conflict)) {
                Instant now = means.clock().instant();
                VerifyReport failed = report(route, VerifyRequests.Body.of(audit.topics()), AUDIT, now, List.of())
                        .failed(String.valueOf(e.getMessage()), now);
                if (means.reports().begin(failed.verificationId().orElseThrow(), AUDIT, now, failed)) {
                    means.reports().update(failed);
                }
            }
        }
    }

    /** Says of verifications that another process did not live to finish that they failed. */
    void mournThoseLeftRunning() {
        means.reports().running().stream()
                .filter(report -> report.status() == VerifyReport.Status.RUNNING)
                .forEach(report -> means.reports()
                        .update(report.failed(
                                "The platform ended while it compared; verify again",
                                means.clock().instant())));
    }

    private record Started(String id, VerifyReport report, Future<?> end) {}

    private Started start(
            PipelineRoute route, VerifyRequests.Body request, String by, Optional<PipelineRoute.Audit> audit) {
        Landing landing = means.ends().landing(route);
        List<VerifyTopic> topics = topics(route, request.topics()).stream()
                .map(VerifyTopic::pending)
                .toList();
        Instant now = means.clock().instant();
        VerifyReport report = report(route, request, by, now, topics);
        String id = report.verificationId().orElseThrow();
        work.turns().take(route.id());
        try {
            if (!means.reports().begin(id, by, now, report)) {
                throw new ApiProblem.NotFound("Pipeline not found: " + route.id());
            }
            VerificationRun run = new VerificationRun(
                    route, landing, request, audit.flatMap(PipelineRoute.Audit::timestampColumn), means, report);
            return new Started(id, report, work.threads().submit(() -> {
                try {
                    run.run();
                } finally {
                    work.turns().giveBack(route.id());
                }
                audit.ifPresent(wanted -> repair(route, id, wanted));
            }));
        } catch (RuntimeException e) {
            work.turns().giveBack(route.id());
            throw e;
        }
    }

    /** Repairs what an audit found; why it cannot is said where the audit is. */
    private void repair(PipelineRoute route, String verificationId, PipelineRoute.Audit audit) {
        means.reports()
                .find(route.id(), verificationId)
                .filter(report -> report.status() == VerifyReport.Status.COMPLETED
                        && report.topics().stream()
                                .anyMatch(topic -> !topic.ok().orElse(true)))
                .ifPresent(report ->
                        repairs.beginOrSayWhyNot(route, report, VerifyRequests.Repair.all(audit.deletesOnly()), AUDIT));
    }

    private VerifyReport report(
            PipelineRoute route, VerifyRequests.Body request, String by, Instant now, List<VerifyTopic> topics) {
        return new VerifyReport(
                Optional.of(ids.next()),
                route.id(),
                VerifyReport.Status.RUNNING,
                Optional.empty(),
                Optional.of(request.mode()),
                Optional.of(by),
                Optional.of(now),
                Optional.empty(),
                VerifyReport.Summary.of(topics),
                topics,
                Optional.empty(),
                Optional.empty());
    }

    /** Returns the names in Kafka of topics; refuses those that the pipeline does not have. */
    static List<String> topics(PipelineRoute route, Optional<List<String>> wanted) {
        List<String> all = Stream.concat(route.sourceTopics().stream(), route.otherTopics().stream())
                .toList();
        if (wanted.isEmpty()) {
            return all;
        }
        String prefix = route.source().prefix() + ".";
        List<String> unknown = wanted.get().stream()
                .filter(topic -> !all.contains(topic) && !all.contains(prefix + topic))
                .toList();
        if (!unknown.isEmpty()) {
            throw new ApiProblem.BadRequest("Pipeline " + route.id() + " has no topic '" + String.join("', '", unknown)
                    + "'; it has: " + String.join(", ", all));
        }
        return wanted.get().stream()
                .map(topic -> all.contains(topic) ? topic : prefix + topic)
                .distinct()
                .toList();
    }

    private static void await(Future<?> end) {
        try {
            end.get(MOST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Then the answer says that it is running.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
