package io.millrace.consumergroup;

import io.millrace.consumergroup.GroupBoard.Look;
import io.millrace.consumergroup.GroupService.Visible;
import io.millrace.engine.ConsumerGroups;
import io.millrace.engine.ConsumerGroups.OffsetSpan;
import io.millrace.engine.GroupBusyException;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.PartitionId;
import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.http.shape.WireNames;
import io.millrace.topic.VisibleTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Lets groups go on from elsewhere. */
final class GroupResets {
    private final GroupBoard board;
    private final GroupService groups;
    private final VisibleTopics topics;
    private final KafkaCluster kafka;

    GroupResets(GroupBoard board, GroupService groups, VisibleTopics topics, KafkaCluster kafka) {
        this.board = board;
        this.groups = groups;
        this.topics = topics;
        this.kafka = kafka;
    }

    /** Sets the offsets of some topics, of all their partitions; refuses a group with members. */
    GroupViews.Reset reset(Caller caller, String id, GroupRequests.Reset request) {
        Look look = board.now(List.of(id));
        Visible group = groups.find(caller, look, id);
        Supplier<Map<PartitionId, Long>> offsets = offsets(request);
        refuseUnknown(caller, id, request.topics());
        if (!group.seen().group().members().isEmpty()) {
            throw busy(group);
        }
        Map<PartitionId, Long> wanted = new TreeMap<>(GroupForms.ORDER);
        wanted.putAll(offsets.get());
        refuseAbsent(request.topics(), wanted.keySet());
        try {
            kafka.groups().alter(id, wanted);
        } catch (GroupBusyException e) {
            throw busy(group);
        }
        board.forget();
        List<GroupViews.Moved> moved = new ArrayList<>();
        wanted.forEach((partition, offset) -> moved.add(new GroupViews.Moved(
                partition.topic(),
                partition.partition(),
                Optional.ofNullable(group.seen().committed().get(partition)),
                offset)));
        return new GroupViews.Reset(id, request.strategy(), moved);
    }

    private Supplier<Map<PartitionId, Long>> offsets(GroupRequests.Reset request) {
        if (request.topics().isEmpty()) {
            throw new ApiProblem.BadRequest("'topics' is empty; name the topics whose offsets are to be reset");
        }
        ConsumerGroups all = kafka.groups();
        List<String> names = request.topics();
        return switch (request.strategy()) {
            case EARLIEST -> () -> mapped(all.spans(names), OffsetSpan::earliest);
            case LATEST -> () -> mapped(all.spans(names), OffsetSpan::latest);
            case TIMESTAMP -> {
                Instant time = request.time().orElseThrow(() -> missing(request.strategy()));
                yield () -> all.since(names, time);
            }
            case OFFSET -> {
                long offset = request.offset().orElseThrow(() -> missing(request.strategy()));
                yield () ->
                        mapped(all.spans(names), span -> Math.min(span.latest(), Math.max(span.earliest(), offset)));
            }
        };
    }

    private static Map<PartitionId, Long> mapped(
            Map<PartitionId, OffsetSpan> spans, ToLongFunction<OffsetSpan> offset) {
        Map<PartitionId, Long> offsets = new TreeMap<>(GroupForms.ORDER);
        spans.forEach((partition, span) -> offsets.put(partition, offset.applyAsLong(span)));
        return offsets;
    }

    private void refuseUnknown(Caller caller, String id, List<String> wanted) {
        Set<String> known = topics.names(caller);
        List<String> unknown =
                wanted.stream().filter(topic -> !known.contains(topic)).toList();
        if (!unknown.isEmpty()) {
            throw new ApiProblem.BadRequest(
                    "Unknown topics for consumer group '" + id + "': " + String.join(", ", unknown));
        }
    }

    private static void refuseAbsent(List<String> wanted, Set<PartitionId> found) {
        wanted.stream()
                .filter(topic ->
                        found.stream().noneMatch(partition -> partition.topic().equals(topic)))
                .findFirst()
                .ifPresent(topic -> {
                    throw new ApiProblem.BadRequest("Topic '" + topic + "' is not in Kafka yet; nobody can read it");
                });
    }

    private static ApiProblem missing(GroupRequests.Strategy strategy) {
        String name = WireNames.of(strategy);
        return new ApiProblem.BadRequest("Strategy '" + name + "' needs '" + name + "'");
    }

    private static ApiProblem busy(Visible group) {
        String remedy = group.owner()
                .map(owner -> "stop destination '" + owner.name() + "' first")
                .orElse("stop its consumers first");
        return new ApiProblem.Conflict("Consumer group '" + group.id() + "' has live members; " + remedy);
    }
}
