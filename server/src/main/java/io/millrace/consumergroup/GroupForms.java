package io.millrace.consumergroup;

import io.millrace.consumergroup.GroupService.Visible;
import io.millrace.engine.ConsumerGroups.GroupDescription;
import io.millrace.engine.ConsumerGroups.Member;
import io.millrace.engine.ConsumerGroups.OffsetSpan;
import io.millrace.engine.PartitionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Shows groups to clients. */
final class GroupForms {
    static final Comparator<PartitionId> ORDER =
            Comparator.comparing(PartitionId::topic).thenComparing(PartitionId::partition);

    private GroupForms() {}

    static GroupViews.Item item(Visible group, Map<PartitionId, OffsetSpan> spans) {
        GroupDescription described = group.seen().group();
        return new GroupViews.Item(
                group.id(),
                GroupViews.State.of(described),
                described.members().size(),
                List.copyOf(group.topics()),
                group.lag(spans),
                described.coordinator(),
                group.owner());
    }

    static GroupViews.Detail detail(Visible group, Map<PartitionId, OffsetSpan> spans) {
        GroupDescription described = group.seen().group();
        return new GroupViews.Detail(
                group.id(),
                GroupViews.State.of(described),
                described.members().size(),
                List.copyOf(group.topics()),
                group.lag(spans),
                described.coordinator(),
                group.owner(),
                described.assignor(),
                described.members().stream()
                        .sorted(Comparator.comparing(Member::memberId))
                        .map(member -> member(group, member))
                        .toList(),
                offsets(group, spans));
    }

    private static GroupViews.Member member(Visible group, Member member) {
        Map<String, TreeSet<Integer>> byTopic = new TreeMap<>();
        member.assignment().stream()
                .filter(partition -> group.topics().contains(partition.topic()))
                .forEach(partition -> byTopic.computeIfAbsent(partition.topic(), topic -> new TreeSet<>())
                        .add(partition.partition()));
        return new GroupViews.Member(
                member.memberId(),
                member.clientId(),
                member.host(),
                byTopic.entrySet().stream()
                        .map(topic -> new GroupViews.Assignment(topic.getKey(), List.copyOf(topic.getValue())))
                        .toList());
    }

    private static List<GroupViews.Offset> offsets(Visible group, Map<PartitionId, OffsetSpan> spans) {
        Map<PartitionId, String> readers = new HashMap<>();
        group.seen().group().members().forEach(member -> member.assignment()
                .forEach(partition -> readers.put(partition, member.memberId())));
        TreeSet<PartitionId> partitions = new TreeSet<>(ORDER);
        partitions.addAll(group.seen().committed().keySet());
        partitions.addAll(readers.keySet());
        partitions.addAll(spans.keySet());
        List<GroupViews.Offset> offsets = new ArrayList<>();
        for (PartitionId partition : partitions) {
            if (group.topics().contains(partition.topic())) {
                Optional<Long> committed =
                        Optional.ofNullable(group.seen().committed().get(partition));
                Optional<OffsetSpan> span = Optional.ofNullable(spans.get(partition));
                offsets.add(new GroupViews.Offset(
                        partition.topic(),
                        partition.partition(),
                        committed,
                        span.map(OffsetSpan::latest),
                        committed.flatMap(offset -> span.map(found -> found.behind(offset))),
                        Optional.ofNullable(readers.get(partition))));
            }
        }
        return offsets;
    }
}
