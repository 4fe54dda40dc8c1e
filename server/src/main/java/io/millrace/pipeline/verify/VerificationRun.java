package io.millrace.pipeline.verify;

import io.millrace.control.TableName;
import io.millrace.database.ReachedDatabase;
import io.millrace.database.compare.ComparedDatabase;
import io.millrace.database.compare.Pause;
import io.millrace.destination.Landing;
import io.millrace.pipeline.PipelineRoute;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One verification, from its first topic to its last. What is found is kept after each topic. */
final class VerificationRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(VerificationRun.class);

    private final PipelineRoute route;
    private final Landing landing;
    private final VerifyRequests.Body request;
    private final Means means;
    private final Optional<String> timestampColumn;
    private VerifyReport report;

    /** What every run has in common. */
    record Means(VerifiedEnds ends, VerificationRepository reports, Pause pause, Clock clock) {}

    /** @param timestampColumn of those that look at changed rows only */
    VerificationRun(
            PipelineRoute route,
            Landing landing,
            VerifyRequests.Body request,
            Optional<String> timestampColumn,
            Means means,
            VerifyReport report) {
        this.route = route;
        this.landing = landing;
        this.request = request;
        this.timestampColumn = timestampColumn;
        this.means = means;
        this.report = report;
    }

    @Override
    public void run() {
        try (ReachedDatabase source = means.ends().reach(route);
                ComparedDatabase destination = landing.readBack().opening().open()) {
            Map<String, TableName> tables = means.ends().tables(route);
            for (int i = 0; i < report.topics().size(); i++) {
                VerifyTopic topic = report.topics().get(i);
                keep(i, topic.running());
                keep(i, verified(topic, Optional.ofNullable(tables.get(topic.topicId())), source, destination));
            }
            finish(report.finished(means.clock().instant()));
        } catch (SQLException e) {
            finish(report.failed(String.valueOf(e.getMessage()), means.clock().instant()));
        } catch (InterruptedException e) {
            finish(report.failed(
                    "The platform was stopped while it compared; verify again",
                    means.clock().instant()));
        } catch (RuntimeException e) {
            LOG.error("Verification of pipeline {} failed", route.id(), e);
            finish(report.failed("Internal error: " + e, means.clock().instant()));
        }
    }

    private VerifyTopic verified(
            VerifyTopic topic, Optional<TableName> table, ReachedDatabase source, ComparedDatabase destination)
            throws InterruptedException {
        if (table.isEmpty()) {
            return topic.skipped(
                    route.otherTopics().contains(topic.topicId())
                            ? "The topic is the output of a transform, not of a table"
                            : "The source does not capture the table of this topic any more");
        }
        TablePair.Question question = new TablePair.Question(
                table.get(), topic.topicId(), request.excludeColumns(), request.mode() == VerifyRequests.Mode.COUNTS);
        Optional<ChangedRows> changed = timestampColumn.map(column -> new ChangedRows(
                column, means.reports().foundEqual(route.id(), VerificationService.AUDIT, topic.topicId())));
        return new TableVerification(request, landing, means.pause(), changed)
                .run(topic, question, source, destination);
    }

    private void keep(int index, VerifyTopic topic) {
        List<VerifyTopic> topics = new ArrayList<>(report.topics());
        topics.set(index, topic);
        report = report.with(topics);
        means.reports().update(report);
    }

    /** What was finished stays so, even if the sessions cannot be closed. */
    private void finish(VerifyReport last) {
        if (report.status() == VerifyReport.Status.RUNNING) {
            report = last;
            means.reports().update(report);
        }
    }
}
