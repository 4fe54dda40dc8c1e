package io.millrace.consumergroup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.engine.ConsumerGroups;
import io.millrace.topic.TopicViews;
import java.util.List;
import java.util.Optional;

/** Groups of consumers as clients read them. */
public final class GroupViews {
    private GroupViews() {}

    /** How a group is. */
    public enum State {
        @JsonProperty("Stable")
        STABLE,
        @JsonProperty("Empty")
        EMPTY,
        @JsonProperty("PreparingRebalance")
        PREPARING_REBALANCE,
        @JsonProperty("CompletingRebalance")
        COMPLETING_REBALANCE,
        @JsonProperty("Dead")
        DEAD,
        @JsonProperty("Unknown")
        UNKNOWN;

        /** Groups of the newer protocol have states of other names. */
        static State of(ConsumerGroups.GroupDescription group) {
            return switch (group.state()) {
                case "Stable" -> STABLE;
                case "Empty" -> EMPTY;
                case "PreparingRebalance", "Assigning" -> PREPARING_REBALANCE;
                case "CompletingRebalance", "Reconciling" -> COMPLETING_REBALANCE;
                case "Dead" -> DEAD;
                default -> UNKNOWN;
            };
        }
    }

    /** A group in a list. */
    public record Item(
            String groupId,
            State state,
            int membersCount,
            List<String> topics,
            Optional<Long> lag,
            Optional<Integer> coordinator,
            Optional<TopicViews.Entity> entity) {}

    /** One group. */
    public record Detail(
            String groupId,
            State state,
            int membersCount,
            List<String> topics,
            Optional<Long> lag,
            Optional<Integer> coordinator,
            Optional<TopicViews.Entity> entity,
            Optional<String> partitionAssignor,
            List<Member> members,
            List<Offset> offsets) {}

    /** A member, and what it reads of the service's topics. */
    public record Member(String memberId, String clientId, String host, List<Assignment> assignments) {}

    /** Partitions of a topic. */
    public record Assignment(String topic, List<Integer> partitions) {}

    /** How far a group is in a partition. */
    public record Offset(
            String topic,
            int partition,
            Optional<Long> committedOffset,
            Optional<Long> latestOffset,
            Optional<Long> lag,
            Optional<String> memberId) {}

    /** What became of a reset. */
    public record Reset(String groupId, GroupRequests.Strategy strategy, List<Moved> partitions) {}

    /** Where a group was in a partition, and where it goes on. */
    public record Moved(String topic, int partition, Optional<Long> oldOffset, long newOffset) {}
}
