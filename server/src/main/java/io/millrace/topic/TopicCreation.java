package io.millrace.topic;

import io.millrace.engine.BrokerRefusedException;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.TopicDescription;
import io.millrace.engine.TopicSpec;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.store.Ids;
import io.millrace.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes topics by hand. A topic is noted first and made in Kafka then: when the process ends in between, the same call makes
 * it again.
 */
final class TopicCreation {
    /** More would cost the broker more memory and files than it has to spare. */
    static final int MOST_PARTITIONS = 1000;

    /** Names that belong to what the platform makes itself. */
    private static final Pattern RESERVED = Pattern.compile(
            "(?:source|destination|transform|pipeline)_[0-9a-f]{24}.*|millrace[._-].*|_.*", Pattern.DOTALL);

    private final Store store;
    private final TopicRepository rows;
    private final KafkaCluster kafka;
    private final TopicForms forms;
    private final Ids ids;
    private final Clock clock;

    TopicCreation(TopicTables tables, KafkaCluster kafka, TopicForms forms, Clock clock) {
        this.store = tables.store();
        this.rows = tables.topics();
        this.ids = tables.ids();
        this.kafka = kafka;
        this.forms = forms;
        this.clock = clock;
    }

    TopicViews.Created create(Caller caller, TopicRequests.Create request) {
        String name = request.topicName();
        refuseReserved(name);
        refuseTooMany(name, request.numPartitions());
        TopicSettings.Wanted settings = TopicSettings.Wanted.of(request);
        String id = ids.next();
        TopicEntry topic = new TopicEntry(
                id, name, name, new TopicEntry.Owner(TopicEntry.OwnerKind.MANUAL, id, name, Optional.empty()), false);
        if (!store.<Boolean, RuntimeException>write(handle -> rows.insert(handle, caller, topic, clock.instant()))) {
            return again(caller, request, settings);
        }
        make(topic, request, settings, true);
        return created(topic, request, settings);
    }

    /** Makes a topic that was noted before and is not in Kafka. */
    private TopicViews.Created again(Caller caller, TopicRequests.Create request, TopicSettings.Wanted settings) {
        TopicEntry known = store.<Optional<TopicEntry>, RuntimeException>read(
                        handle -> rows.find(handle, caller, request.topicName()))
                .filter(TopicEntry::isManual)
                .filter(topic -> kafka.describe(topic.topicId()).isEmpty())
                .orElseThrow(() -> taken(request.topicName()));
        make(known, request, settings, false);
        return created(known, request, settings);
    }

    private void make(TopicEntry topic, TopicRequests.Create request, TopicSettings.Wanted settings, boolean fresh) {
        boolean made = false;
        try {
            made = kafka.admin()
                    .create(
                            new TopicSpec(topic.topicId(), request.numPartitions(), settings.values()),
                            request.replicationFactor());
        } catch (BrokerRefusedException e) {
            throw refused(topic.topicId(), e);
        } finally {
            if (!made && fresh) {
                store.change(handle -> rows.delete(handle, topic));
            }
        }
        if (!made) {
            throw taken(topic.topicId());
        }
    }

    private TopicViews.Created created(TopicEntry topic, TopicRequests.Create request, TopicSettings.Wanted settings) {
        Optional<TopicDescription> known = kafka.describe(topic.topicId());
        return new TopicViews.Created(
                topic.topicId(),
                topic.name(),
                forms.entity(topic, List.of(topic)),
                known.map(found -> found.partitions().size()).orElse(request.numPartitions()),
                known.map(TopicDescription::replicationFactor)
                        .orElse(request.replicationFactor().orElse(1)),
                topic.prefix(),
                forms.serialization(topic),
                settings.warnings());
    }

    /** Refuses more partitions than a topic may have. */
    static void refuseTooMany(String topic, int partitions) {
        if (partitions > MOST_PARTITIONS) {
            throw new ApiProblem.BadRequest("Topic '" + topic + "' cannot have " + partitions
                    + " partitions; a topic has at most " + MOST_PARTITIONS);
        }
    }

    private static void refuseReserved(String name) {
        if (RESERVED.matcher(name).matches()) {
            throw new ApiProblem.BadRequest("Topic name '" + name
                    + "' is kept for topics that the platform makes; choose one that begins with neither '_', 'millrace.',"
                    + " nor the prefix of a source, destination, transform or pipeline");
        }
    }

    private static ApiProblem refused(String name, BrokerRefusedException e) {
        String reason = String.valueOf(e.getMessage());
        // The broker would name the other topic, which may be somebody else's.
        return new ApiProblem.BadRequest(
                reason.contains("collides")
                        ? "Topic name '" + name + "' differs from that of another topic in nothing but dots and"
                                + " underscores; choose another"
                        : "Topic '" + name + "' cannot be created: " + reason);
    }

    private static ApiProblem taken(String name) {
        return new ApiProblem.Conflict("Topic name '" + name + "' is taken; choose another");
    }
}
