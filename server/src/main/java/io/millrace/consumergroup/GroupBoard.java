package io.millrace.consumergroup;

import io.millrace.engine.ConsumerGroups;
import io.millrace.engine.ConsumerGroups.GroupDescription;
import io.millrace.engine.ConsumerGroups.OffsetSpan;
import io.millrace.engine.KafkaCluster;
import io.millrace.engine.PartitionId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * All groups at one moment. A look costs Kafka some requests, so one serves everybody: when it is two seconds old the next
 * one begins beside the answer, and nobody is answered from one that is older than ten.
 */
final class GroupBoard implements AutoCloseable {
    private static final long FRESH = Duration.ofSeconds(2).toNanos();
    private static final long STALE = Duration.ofSeconds(10).toNanos();

    private final ExecutorService looking = Executors.newSingleThreadExecutor();
    private final KafkaCluster kafka;
    private Optional<Look> newest = Optional.empty();
    private Optional<CompletableFuture<Look>> next = Optional.empty();

    GroupBoard(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    /** A group and how far it is. */
    record Seen(GroupDescription group, Map<PartitionId, Long> committed) {
        /** Returns the topics that it reads, or has read. */
        Set<String> topics() {
            Set<String> topics =
                    committed.keySet().stream().map(PartitionId::topic).collect(Collectors.toCollection(HashSet::new));
            group.members().forEach(member -> member.assignment().forEach(partition -> topics.add(partition.topic())));
            return topics;
        }
    }

    /** Groups, and where their topics end. */
    record Look(long nanos, List<Seen> groups, Map<PartitionId, OffsetSpan> spans) {}

    /** Returns all groups as they were some seconds ago at most. */
    Look all() {
        Optional<CompletableFuture<Look>> begun;
        synchronized (this) {
            long age = newest.map(look -> System.nanoTime() - look.nanos()).orElse(Long.MAX_VALUE);
            if (age > FRESH && next.isEmpty()) {
                next = Optional.of(CompletableFuture.supplyAsync(this::look, looking));
            }
            if (age < STALE) {
                return newest.orElseThrow();
            }
            begun = next;
        }
        try {
            return begun.orElseThrow().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }

    /** Returns these groups as they are now. */
    Look now(Collection<String> ids) {
        long nanos = System.nanoTime();
        ConsumerGroups groups = kafka.groups();
        Map<String, GroupDescription> described = groups.describe(ids);
        Map<String, Map<PartitionId, Long>> committed = groups.committed(described.keySet());
        List<Seen> seen = described.values().stream()
                .map(group -> new Seen(group, committed.getOrDefault(group.id(), Map.of())))
                .toList();
        Set<String> topics = new HashSet<>();
        seen.forEach(group -> topics.addAll(group.topics()));
        return new Look(nanos, seen, groups.spans(topics));
    }

    /** Lets the next who asks see what was changed. */
    synchronized void forget() {
        newest = Optional.empty();
    }

    private Look look() {
        try {
            Look look = now(kafka.groups().ids());
            synchronized (this) {
                newest = Optional.of(look);
            }
            return look;
        } finally {
            synchronized (this) {
                next = Optional.empty();
            }
        }
    }

    @Override
    public void close() {
        looking.shutdown();
    }
}
