package io.millrace.engine.embedded;

import io.millrace.engine.EngineException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/**
 * What a killed process left in the broker and what would hold up the worker. Repaired between the start of the broker
 * and that of the worker, the one moment when the broker answers and nobody of ours produces.
 */
record Leftovers(Admin admin, GroupCoordinator groups) {
    private static final long ANSWER_SECONDS = 30;

    void repair() {
        Set<String> topics = topics();
        if (topics.contains(Topic.GROUP_METADATA_TOPIC_NAME)) {
            new DeadMembers(groups).leave();
        }
        if (topics.contains(Topic.TRANSACTION_STATE_TOPIC_NAME)) {
            new LeftoverTransactions(admin).end(topics);
        }
    }

    private Set<String> topics() {
        try {
            return admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new EngineException("the broker was started and does not list its topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while asking the broker for its topics", e);
        }
    }
}
