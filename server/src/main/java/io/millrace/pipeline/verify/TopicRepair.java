package io.millrace.pipeline.verify;

import io.millrace.database.ReachedDatabase;
import io.millrace.database.compare.ComparedDatabase;
import io.millrace.database.compare.KeyBounds;
import io.millrace.database.compare.Outcome;
import io.millrace.database.compare.Pause;
import io.millrace.database.compare.RepairPlan;
import io.millrace.database.compare.SurplusRows;
import io.millrace.database.compare.TableComparison;
import io.millrace.database.compare.TableReader;
import io.millrace.database.compare.Terms;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be done to one table of a destination. Finding out changes nothing. */
final class TopicRepair {
    private static final int RANGE_ROWS = 50_000;

    private final TablePair pair;
    private final ReachedDatabase source;
    private final ComparedDatabase destination;
    private final RepairPlan plan;

    private TopicRepair(TablePair pair, ReachedDatabase source, ComparedDatabase destination, RepairPlan plan) {
        this.pair = pair;
        this.source = source;
        this.destination = destination;
        this.plan = plan;
    }

    /** Reads the ranges that differed again, and plans for what differs still. */
    static TopicRepair of(
            VerifyTopic verified,
            TablePair pair,
            ReachedDatabase source,
            ComparedDatabase destination,
            VerifyRequests.Repair request,
            Pause pause)
            throws SQLException, IncomparableException, InterruptedException {
        Outcome found = new TableComparison(
                        source.compared().reader(pair.source()),
                        destination.reader(pair.destination()),
                        new Terms(
                                false,
                                parts(verified, new KeyForm(pair.source().key())),
                                RANGE_ROWS,
                                RepairPlan.MOST_KEYS + 1,
                                Duration.ofMillis(request.settleMs())),
                        pause)
                .run();
        return new TopicRepair(
                pair, source, destination, request.deletesOnly() ? RepairPlan.ofExtra(found) : RepairPlan.of(found));
    }

    private static List<KeyBounds> parts(VerifyTopic verified, KeyForm key) throws IncomparableException {
        List<KeyBounds> parts = new ArrayList<>();
        for (VerifyTopic.Range range : verified.ranges()) {
            parts.add(new KeyBounds(key.readIfPresent(range.keyFrom()), key.readIfPresent(range.keyTo())));
        }
        return parts;
    }

    /** Returns the topic with what is going to be done to it. */
    RepairReport.Topic planned(RepairReport.Topic topic) {
        if (plan.isEmpty()) {
            return topic.in(VerifyTopic.State.COMPLETED, Optional.empty());
        }
        return topic.planned(
                plan.keys().size(),
                plan.ranges().size(),
                source.compared().condition(pair.source(), plan),
                plan.complete()
                        ? Optional.empty()
                        : Optional.of("More than " + RepairPlan.MOST_KEYS
                                + " rows differ, and these are not all; verify and repair again"));
    }

    /** Deletes, or marks as deleted, the rows that the source does not have. Everything that it touches is in the filter of the plan. */
    long deleteSurplus(boolean marking) throws SQLException {
        TableReader here = source.compared().reader(pair.source());
        TableReader there = destination.reader(pair.destination());
        return new SurplusRows(here, there, destination.removal(pair.destination(), marking)).remove(plan);
    }
}
