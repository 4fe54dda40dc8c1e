package io.millrace.engine.embedded;

import static io.millrace.engine.embedded.AdminAnswers.await;

import io.millrace.engine.ConsumerGroups;
import io.millrace.engine.EngineException;
import io.millrace.engine.GroupBusyException;
import io.millrace.engine.PartitionId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** Groups of consumers of a cluster through an admin client. */
final class AdminGroups implements ConsumerGroups {
    private final Admin admin;

    AdminGroups(Admin admin) {
        this.admin = admin;
    }

    @Override
    public Set<String> ids() {
        return await(
                        "the groups of consumers cannot be listed",
                        admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())
                .stream()
                .map(GroupListing::groupId)
                .collect(Collectors.toSet());
    }

    @Override
    public Map<String, GroupDescription> describe(Collection<String> ids) {
        Map<String, GroupDescription> groups = new HashMap<>();
        admin.describeConsumerGroups(ids).describedGroups().forEach((id, answer) -> AdminAnswers.unless(
                        Set.of(GroupIdNotFoundException.class), "consumer group " + id + " cannot be described", answer)
                .ifPresent(group -> groups.put(id, description(group))));
        return groups;
    }

    @Override
    public Map<String, Map<PartitionId, Long>> committed(Collection<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        ListConsumerGroupOffsetsResult answers = admin.listConsumerGroupOffsets(ids.stream()
                .distinct()
                .collect(Collectors.toMap(Function.identity(), id -> new ListConsumerGroupOffsetsSpec())));
        Map<String, Map<PartitionId, Long>> groups = new HashMap<>();
        ids.forEach(id -> {
            Map<PartitionId, Long> offsets = new HashMap<>();
            AdminAnswers.unless(
                            Set.of(GroupIdNotFoundException.class),
                            "the offsets of consumer group " + id + " cannot be read",
                            answers.partitionsToOffsetAndMetadata(id))
                    .orElse(Map.of())
                    .forEach((partition, offset) ->
                            Optional.ofNullable(offset).ifPresent(known -> offsets.put(id(partition), known.offset())));
            groups.put(id, offsets);
        });
        return groups;
    }

    @Override
    public Map<PartitionId, OffsetSpan> spans(Collection<String> topics) {
        List<TopicPartition> partitions = partitions(topics);
        Map<PartitionId, Long> earliest = offsets(partitions, OffsetSpec.earliest());
        Map<PartitionId, Long> latest = offsets(partitions, OffsetSpec.latest());
        Map<PartitionId, OffsetSpan> spans = new HashMap<>();
        latest.forEach((partition, end) -> Optional.ofNullable(earliest.get(partition))
                .ifPresent(start -> spans.put(partition, new OffsetSpan(start, end))));
        return spans;
    }

    @Override
    public Map<PartitionId, Long> since(Collection<String> topics, Instant time) {
        List<TopicPartition> partitions = partitions(topics);
        Map<PartitionId, Long> offsets =
                new HashMap<>(offsets(partitions, OffsetSpec.forTimestamp(Math.max(0, time.toEpochMilli()))));
        Map<PartitionId, Long> ends = offsets(partitions, OffsetSpec.latest());
        ends.forEach((partition, end) -> offsets.merge(partition, end, (found, last) -> found < 0 ? last : found));
        return offsets;
    }

    @Override
    public void alter(String id, Map<PartitionId, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> wanted = new LinkedHashMap<>();
        offsets.forEach((partition, offset) -> wanted.put(
                new TopicPartition(partition.topic(), partition.partition()), new OffsetAndMetadata(offset)));
        String what = "the offsets of consumer group " + id + " cannot be changed";
        try {
            AdminAnswers.done(what, admin.alterConsumerGroupOffsets(id, wanted).all());
        } catch (EngineException e) {
            if (e.getCause() instanceof UnknownMemberIdException
                    || e.getCause() instanceof GroupNotEmptyException
                    || e.getCause() instanceof GroupSubscribedToTopicException) {
                throw new GroupBusyException(what + " while it has members", e);
            }
            throw e;
        }
    }

    /** Returns the partitions of those topics that are there. */
    private List<TopicPartition> partitions(Collection<String> topics) {
        return admin.describeTopics(topics).topicNameValues().entrySet().stream()
                .flatMap(topic -> AdminAnswers.unless(
                        AdminAnswers.GONE, "topic " + topic.getKey() + " cannot be described", topic.getValue())
                        .stream())
                .flatMap(AdminGroups::partitions)
                .toList();
    }

    private static Stream<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream().map(partition -> new TopicPartition(topic.name(), partition.partition()));
    }

    private Map<PartitionId, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
        var answers = admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
        Map<PartitionId, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            KafkaFuture<ListOffsetsResultInfo> answer = answers.partitionResult(partition);
            AdminAnswers.unless(AdminAnswers.GONE, "the offsets of " + partition + " cannot be read", answer)
                    .ifPresent(offset -> offsets.put(id(partition), offset.offset()));
        }
        return offsets;
    }

    private static GroupDescription description(ConsumerGroupDescription group) {
        List<Member> members = group.members().stream().map(AdminGroups::member).toList();
        return new GroupDescription(
                group.groupId(),
                group.groupState().toString(),
                Optional.ofNullable(group.coordinator()).map(Node::id),
                Optional.ofNullable(group.partitionAssignor()).filter(assignor -> !assignor.isEmpty()),
                members);
    }

    private static Member member(MemberDescription member) {
        return new Member(
                member.consumerId(),
                member.clientId(),
                member.host(),
                member.assignment().topicPartitions().stream()
                        .map(AdminGroups::id)
                        .collect(Collectors.toSet()));
    }

    private static PartitionId id(TopicPartition partition) {
        return new PartitionId(partition.topic(), partition.partition());
    }
}
