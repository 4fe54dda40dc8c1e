package io.millrace.engine.embedded;

import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.internals.Topic;

/**
 * What a killed process left in the broker and what would hold up the worker. Repaired between the start of the broker
 * and that of the worker, the one moment when the broker answers and nobody of ours produces. That there is nothing to
 * repair is seen inside the broker, at the cost of no request.
 */
record Leftovers(Admin admin, EmbeddedBroker broker) {

    void repair() {
        Set<String> topics = broker.topics();
        if (topics.contains(Topic.GROUP_METADATA_TOPIC_NAME)) {
            new DeadMembers(broker.groups()).leave();
        }
        if (topics.contains(Topic.TRANSACTION_STATE_TOPIC_NAME) && broker.hasOpenTransaction()) {
            new LeftoverTransactions(admin).end(topics);
        }
    }
}
