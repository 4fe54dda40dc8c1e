package io.millrace.connect.sinks.kafka;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.Position;
import io.millrace.connect.sinks.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.connect.errors.ConnectException;

/** Writes changes as records, and returns when the other cluster has acknowledged all of them. */
final class KafkaDestination implements Destination {
    private final Cluster cluster;
    private final KafkaSettings settings;
    private final Encoder encoder;

    /** What was acknowledged of the changes that are being offered, until all of them are. */
    private final Set<Position> written = new HashSet<>();

    KafkaDestination(Cluster cluster, KafkaSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
        encoder = new Encoder(settings.converter());
    }

    /** A change on its way. */
    private record Sent(Change change, Future<RecordMetadata> answer) {}

    @Override
    public void write(List<Change> changes) throws Exception {
        List<Sent> sent = new ArrayList<>();
        Optional<Exception> stopped = send(changes, sent);
        cluster.flush();
        take(sent);
        if (stopped.isPresent()) {
            throw stopped.get();
        }
        written.clear();
    }

    /** Sends changes until one cannot be sent; returns why. */
    private Optional<Exception> send(List<Change> changes, List<Sent> sent) {
        for (Change change : changes) {
            if (!written.contains(change.position())) {
                try {
                    sent.add(new Sent(change, send(change)));
                } catch (IOException | RefusedException | RuntimeException e) {
                    return Optional.of(e);
                }
            }
        }
        return Optional.empty();
    }

    private Future<RecordMetadata> send(Change change) throws IOException, RefusedException {
        String topic = settings.topic(change.table());
        try {
            cluster.need(topic);
        } catch (ExecutionException e) {
            throw failure(change, e.getCause());
        }
        return cluster.send(encoder.encoded(change, topic));
    }

    /**
     * Notes what was acknowledged. Behind a change that met trouble nothing counts, so that it and all behind it are sent
     * again in their order; a change that is refused stands in nobody's way.
     */
    private void take(List<Sent> sent) throws IOException, RefusedException {
        List<RefusedException> refused = new ArrayList<>();
        for (Sent one : sent) {
            try {
                cluster.await(one.answer());
                written.add(one.change().position());
            } catch (IOException e) {
                cluster.lookAgain();
                throw e;
            } catch (ExecutionException e) {
                try {
                    throw failure(one.change(), e.getCause());
                } catch (RefusedException refusal) {
                    refused.add(refusal);
                }
            }
        }
        if (!refused.isEmpty()) {
            throw refused.get(0);
        }
    }

    /** Returns what to throw as trouble that may pass; throws what is none. */
    private IOException failure(Change change, Throwable trouble) throws RefusedException {
        String topic = settings.topic(change.table());
        if (trouble instanceof RecordTooLargeException || trouble instanceof InvalidRecordException) {
            throw new RefusedException(
                    change, "The topic " + topic + " does not take the record: " + trouble.getMessage());
        }
        if (trouble instanceof InvalidTopicException) {
            throw new RefusedException(
                    change, "A topic cannot be named '" + topic + "'; give the table another name on its way");
        }
        if (trouble instanceof AuthorizationException) {
            throw new ConnectException(
                    "The topic " + topic + " may not be written to: " + trouble.getMessage(), trouble);
        }
        cluster.lookAgain();
        return new IOException(cluster.away(trouble), trouble);
    }

    @Override
    public void release(Collection<TopicPartition> partitions) {
        written.clear();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
