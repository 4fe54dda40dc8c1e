package io.millrace.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Groups of consumers: who is in them and how far they are. Thread-safe. */
public interface ConsumerGroups {
    /** Returns the ids of all groups of consumers. */
    Set<String> ids();

    /** Returns what is known of groups; those that are not there are left out. */
    Map<String, GroupDescription> describe(Collection<String> ids);

    /** Returns which offsets groups committed last, by group; a group without any has none. */
    Map<String, Map<PartitionId, Long>> committed(Collection<String> ids);

    /** Returns where partitions begin, and where they end for a read-committed reader; topics that are not there are left out. */
    Map<PartitionId, OffsetSpan> spans(Collection<String> topics);

    /**
     * Returns the first offsets with a record of this time or later; where there is none, the end. Topics that are not
     * there are left out.
     */
    Map<PartitionId, Long> since(Collection<String> topics, Instant time);

    /**
     * Lets a group go on from other offsets.
     *
     * @throws GroupBusyException while the group has members
     */
    void alter(String id, Map<PartitionId, Long> offsets);

    /**
     * Where a partition begins, and where it ends.
     *
     * @param latest the offset behind the last one
     */
    record OffsetSpan(long earliest, long latest) {
        /** Returns how many offsets a reader has still to read that committed this one. */
        public long behind(long committed) {
            return Math.max(0, latest - Math.max(earliest, committed));
        }
    }

    /**
     * A group.
     *
     * @param state in Kafka's words, for example {@code Stable}
     * @param coordinator id of the broker that looks after it
     * @param assignor how partitions are shared out; empty while there is nobody
     */
    record GroupDescription(
            String id, String state, Optional<Integer> coordinator, Optional<String> assignor, List<Member> members) {
        public GroupDescription {
            members = List.copyOf(members);
        }
    }

    /** A member of a group, and what it reads. */
    record Member(String memberId, String clientId, String host, Set<PartitionId> assignment) {
        public Member {
            assignment = Set.copyOf(assignment);
        }
    }
}
