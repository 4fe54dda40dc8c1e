package io.millrace.pipeline.verify;

import io.millrace.control.TableName;
import io.millrace.database.ReachedDatabase;
import io.millrace.database.compare.ComparedDatabase;
import io.millrace.destination.Landing;
import io.millrace.pipeline.PipelineRoute;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first half of a repair: finds out what differs still, writes down what will be written again, and only then deletes.
 * What was written down is snapshotted by {@link Repairs}, whatever becomes of this.
 */
final class RepairRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RepairRun.class);

    private final PipelineRoute route;
    private final Landing landing;
    private final VerifyRequests.Repair request;
    private final VerificationRun.Means means;
    private final RepairSnapshots snapshots;
    private VerifyReport report;
    private boolean promised;

    RepairRun(
            PipelineRoute route,
            Landing landing,
            VerifyRequests.Repair request,
            VerificationRun.Means means,
            RepairSnapshots snapshots,
            VerifyReport report) {
        this.route = route;
        this.landing = landing;
        this.request = request;
        this.means = means;
        this.snapshots = snapshots;
        this.report = report;
    }

    @Override
    public void run() {
        try (ReachedDatabase source = means.ends().reach(route);
                ComparedDatabase destination = landing.readBack().opening().open()) {
            Map<Integer, TopicRepair> plans = plans(source, destination);
            Optional<String> refusal = snapshots.refusal(route, repair());
            if (refusal.isPresent()) {
                fail(refusal.get());
                return;
            }
            means.reports().update(report);
            promised = true;
            for (Map.Entry<Integer, TopicRepair> plan : plans.entrySet()) {
                keep(plan.getKey(), deleted(topic(plan.getKey()), plan.getValue()));
            }
        } catch (SQLException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            fail("The platform was stopped before anything was changed; repair again");
        } catch (RuntimeException e) {
            LOG.error("Repair of pipeline {} failed", route.id(), e);
            fail("Internal error: " + e);
        }
    }

    private Map<Integer, TopicRepair> plans(ReachedDatabase source, ComparedDatabase destination)
            throws InterruptedException {
        Map<String, TableName> tables = means.ends().tables(route);
        Map<Integer, TopicRepair> plans = new HashMap<>();
        for (int i = 0; i < repair().topics().size(); i++) {
            RepairReport.Topic topic = topic(i);
            if (!topic.isOpen()) {
                continue;
            }
            keep(i, topic.in(VerifyTopic.State.RUNNING, Optional.empty()));
            try {
                VerifyTopic verified = verified(topic);
                TablePair pair = TablePair.of(question(verified, tables), source, destination, landing);
                TopicRepair plan = TopicRepair.of(verified, pair, source, destination, request, means.pause());
                RepairReport.Topic planned = plan.planned(topic(i));
                report = report.with(repair().with(i, planned));
                if (planned.isOpen()) {
                    plans.put(i, plan);
                }
            } catch (IncomparableException | SQLException e) {
                report = report.with(repair().with(
                                i, topic.in(VerifyTopic.State.FAILED, Optional.of(String.valueOf(e.getMessage())))));
            }
        }
        return plans;
    }

    private RepairReport.Topic deleted(RepairReport.Topic topic, TopicRepair plan) {
        try {
            return topic.deleted(plan.deleteSurplus(landing.keepsDeletedRows()));
        } catch (SQLException e) {
            return topic.in(
                    VerifyTopic.State.FAILED,
                    Optional.of("Not all rows that the source does not have could be deleted: " + e.getMessage()));
        }
    }

    private TablePair.Question question(VerifyTopic verified, Map<String, TableName> tables)
            throws IncomparableException {
        TableName table = Optional.ofNullable(tables.get(verified.topicId()))
                .orElseThrow(() -> new IncomparableException(
                        "The source does not capture the table of topic '" + verified.topicName() + "' any more"));
        List<String> excluded = verified.columnsLeftOut().stream()
                .map(VerifyTopic.LeftOut::column)
                .toList();
        return new TablePair.Question(
                table,
                verified.topicId(),
                excluded,
                report.mode().filter(VerifyRequests.Mode.COUNTS::equals).isPresent());
    }

    private VerifyTopic verified(RepairReport.Topic topic) {
        return report.topics().stream()
                .filter(one -> one.topicId().equals(topic.topicId()))
                .findFirst()
                .orElseThrow();
    }

    private RepairReport repair() {
        return report.repair().orElseThrow();
    }

    private RepairReport.Topic topic(int index) {
        return repair().topics().get(index);
    }

    private void keep(int index, RepairReport.Topic topic) {
        report = report.with(repair().with(index, topic));
        means.reports().update(report);
    }

    /** What was written down is done in any case; then it is too late to say that nothing was. */
    private void fail(String reason) {
        if (promised) {
            LOG.warn("The repair of pipeline {} goes on, though: {}", route.id(), reason);
        } else {
            report = report.with(repair().failed(reason, means.clock().instant()));
            means.reports().update(report);
        }
    }
}
