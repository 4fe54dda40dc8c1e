package io.millrace.engine.embedded;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the transactions that a killed process left open. Until they end, nobody who reads committed records gets past
 * them; the worker itself could not read its own topics and would wait for the time-out of the transaction.
 *
 * <ul>
 *   <li>An <em>ongoing</em> transaction of our own group is fenced: the coordinator aborts it. Those of other programs
 *       are left alone, since their producer may well be alive and go on.
 *   <li>A <em>hanging</em> one, which the partition holds open and the coordinator knows nothing of (KIP-664), is
 *       aborted in the partition. It cannot end in any other way, whoever began it.
 *   <li>One that is <em>prepared</em> is decided already; the coordinator completes it by itself.
 * </ul>
 */
final class LeftoverTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverTransactions.class);
    private static final long ANSWER_SECONDS = 30;
    /** How long the coordinator may take to write the end of what it has decided. */
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private static final Set<TransactionState> UNDECIDED_OR_UNFINISHED = Set.of(
            TransactionState.ONGOING,
            TransactionState.PREPARE_ABORT,
            TransactionState.PREPARE_COMMIT,
            TransactionState.UNKNOWN);

    private final Admin admin;

    LeftoverTransactions(Admin admin) {
        this.admin = admin;
    }

    /** Returns when no transaction of ours is open in these topics; nobody of ours may produce meanwhile. */
    void end(Set<String> topics) {
        try {
            awaitCoordinator();
            fenceOngoing();
            Set<TopicPartition> blocked = stillBlocked(partitions(topics));
            if (!blocked.isEmpty()) {
                abortHanging(blocked);
            }
        } catch (ExecutionException | TimeoutException e) {
            // The start goes on: at worst the worker waits for the time-out that this would have spared it.
            LOG.warn("leftover transactions could not be ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("interrupted while ending leftover transactions");
        }
    }

    /** A list of transactions is empty until the coordinator has read them; a question about one of them waits. */
    private void awaitCoordinator() throws ExecutionException, InterruptedException, TimeoutException {
        String any = WorkerProperties.LEADER_TRANSACTIONS;
        try {
            answer(admin.describeTransactions(List.of(any)).description(any));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
                throw e;
            }
        }
    }

    private void fenceOngoing() throws ExecutionException, InterruptedException, TimeoutException {
        List<String> ongoing = answer(admin.listTransactions().all()).stream()
                .filter(transaction -> transaction.state() == TransactionState.ONGOING)
                .map(TransactionListing::transactionalId)
                .filter(WorkerProperties::isOurTransaction)
                .toList();
        if (!ongoing.isEmpty()) {
            LOG.info("Ending transactions that a killed process left open: {}", ongoing);
            answer(admin.fenceProducers(ongoing).all());
        }
    }

    private void abortHanging(Set<TopicPartition> blocked)
            throws ExecutionException, InterruptedException, TimeoutException {
        // First what the partitions hold open, then what the coordinator knows: a transaction that began in between is
        // known and so left alone.
        Map<TopicPartition, PartitionProducerState> producers =
                answer(admin.describeProducers(blocked).all());
        Set<Long> known = answer(admin.listTransactions().all()).stream()
                .filter(transaction -> UNDECIDED_OR_UNFINISHED.contains(transaction.state()))
                .map(TransactionListing::producerId)
                .collect(toSet());
        for (AbortTransactionSpec hanging : hanging(producers, known)) {
            LOG.warn("Aborting a hanging transaction: {}", hanging);
            answer(admin.abortTransaction(hanging).all());
        }
    }

    private static List<AbortTransactionSpec> hanging(
            Map<TopicPartition, PartitionProducerState> producers, Set<Long> known) {
        List<AbortTransactionSpec> hanging = new ArrayList<>();
        producers.forEach((partition, state) -> {
            for (ProducerState producer : state.activeProducers()) {
                if (producer.currentTransactionStartOffset().isPresent() && !known.contains(producer.producerId())) {
                    hanging.add(new AbortTransactionSpec(
                            partition,
                            producer.producerId(),
                            (short) producer.producerEpoch(),
                            Math.max(0, producer.coordinatorEpoch().orElse(0))));
                }
            }
        });
        return hanging;
    }

    /** Returns the partitions whose committed end stays behind their end. */
    private Set<TopicPartition> stillBlocked(Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        long end = System.nanoTime() + SETTLE.toNanos();
        Set<TopicPartition> blocked = blocked(partitions);
        if (!blocked.isEmpty()) {
            LOG.debug("transactions are open or about to end in {}", blocked);
        }
        while (!blocked.isEmpty() && System.nanoTime() - end < 0) {
            Waiting.pause();
            blocked = blocked(blocked);
        }
        return blocked;
    }

    private Set<TopicPartition> blocked(Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> committed = ends(partitions, IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Long> written = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
        return partitions.stream()
                .filter(partition -> committed.get(partition) < written.get(partition))
                .collect(toSet());
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions, IsolationLevel isolation)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends = answer(
                admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all());
        return ends.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private Set<TopicPartition> partitions(Set<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer(admin.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(toSet());
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }
}
