package io.millrace.destination;

import io.millrace.connector.ConnectorId;
import io.millrace.connector.Kind;
import io.millrace.engine.KafkaCluster;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The consumer group of a destination: what it reads and how far it is. */
public final class SinkGroup {
    /** What Connect puts before the name of a sink to name its group. */
    private static final String CONNECT = "connect-";

    private final KafkaCluster kafka;
    private final String group;

    /** @param destination whose sink Connect runs, and names the group of */
    public SinkGroup(KafkaCluster kafka, ConnectorId destination) {
        this.kafka = kafka;
        this.group = name(destination);
    }

    /** Returns the name of the group of a destination. */
    public static String name(ConnectorId destination) {
        return CONNECT + destination.prefix();
    }

    /** Returns the destination that a group is of; empty for groups of others. */
    public static Optional<ConnectorId> owner(String group) {
        return group.startsWith(CONNECT)
                ? ConnectorId.ofPrefix(Kind.DESTINATION, group.substring(CONNECT.length()))
                : Optional.empty();
    }

    /** Returns whether no task of the destination reads any of these topics, so that how far it is in them stands still. */
    public boolean isIdle(Collection<String> topics) {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            ConsumerGroupDescription described =
                    got(admin.describeConsumerGroups(List.of(group)).all()).get(group);
            return described.members().stream()
                    .map(MemberDescription::assignment)
                    .flatMap(assignment -> assignment.topicPartitions().stream())
                    .noneMatch(partition -> topics.contains(partition.topic()));
        } catch (GroupIdNotFoundException e) {
            return true;
        }
    }

    /** Returns up to where the destination has taken each partition that it ever took from. */
    public Map<TopicPartition, OffsetAndMetadata> taken() {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            return got(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        }
    }

    /** Forgets how far the destination is in some topics, which it must not be reading: it begins with them anew. */
    public void forget(Collection<String> topics) {
        Set<TopicPartition> partitions = taken().keySet().stream()
                .filter(partition -> topics.contains(partition.topic()))
                .collect(Collectors.toSet());
        if (!partitions.isEmpty()) {
            try (Admin admin = Admin.create(kafka.clientProperties())) {
                got(admin.deleteConsumerGroupOffsets(group, partitions).all());
            }
        }
    }

    private static <T> T got(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
