package io.millrace.bench.snapshot;

import io.millrace.bench.Progress;
import io.millrace.demo.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One table, read into a topic by whoever; measured from the command to the moment when its last row can be read. */
final class Race {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Records of our own that the plain producer writes again and again: as many as fit a small heap well. */
    private static final int SAMPLE = 20_000;

    private final BenchTable table;
    private final long[] digests;
    private final Pace pace;
    private final Progress progress;
    private final List<ConsumerRecord<byte[], byte[]>> sample;

    /** @param sample records for the plain producer; the first JSON run fills it */
    Race(BenchTable table, List<ConsumerRecord<byte[], byte[]>> sample, Pace pace, Progress progress) {
        this.table = table;
        this.digests = table.digests();
        this.sample = sample;
        this.pace = pace;
        this.progress = progress;
    }

    /**
     * A run that was measured.
     *
     * @param microsPerRow processor time of this process and of the database for each row
     * @param bytesPerRow bytes of key and value
     */
    record Lap(double rowsPerSecond, double microsPerRow, double bytesPerRow) {}

    /** Lets a contender bring the table into a new topic, compares what came, and returns what it took. */
    Lap run(Worker worker, Contender contender) {
        Lap lap = contender == Contender.PRODUCER ? produced(worker) : captured(worker, contender);
        progress.tell(String.format(
                Locale.ROOT,
                "  %-22s exactly-once %-3s %,10.0f rows/s %6.1f us/row of processor time, %.0f bytes/row",
                contender.label(),
                worker.exactlyOnce() && contender != Contender.PRODUCER ? "on" : "off",
                lap.rowsPerSecond(),
                lap.microsPerRow(),
                lap.bytesPerRow()));
        return lap;
    }

    private Lap captured(Worker worker, Contender contender) {
        ProcessorTime processors = ProcessorTime.with(table.database());
        try (Deployed deployed = Deployed.start(worker, table.database(), contender, List.of(table.name()), pace)) {
            String topic = deployed.topic(table.name());
            try (Arrivals arrivals = new Arrivals(worker.client(), topic, table.rows(), processors::nanos)) {
                long cost = processors.nanos();
                long began = System.nanoTime();
                deployed.snapshot(table.name());
                arrivals.await(table.rows(), PATIENCE);
                arrivals.awaitQuiet(QUIET, PATIENCE);
                TopicJudge.Verdict verdict = judge(worker, contender, topic, deployed.decoder());
                return lap(arrivals, began, cost, verdict.lastOffset(), (double) verdict.bytes() / verdict.records());
            }
        }
    }

    private TopicJudge.Verdict judge(Worker worker, Contender contender, String topic, Envelope.Decoder decoder) {
        try (CommittedTopic read = CommittedTopic.of(worker.client(), topic, 0)) {
            TopicJudge.Verdict verdict = new TopicJudge(digests, decoder).judge(topic, read);
            if (contender == Contender.OURS_JSON && sample.isEmpty()) {
                takeSample(read);
            }
            if (verdict.again() > 0) {
                progress.tell("  " + contender.label() + " delivered " + verdict.again() + " rows twice");
            }
            return verdict;
        }
    }

    private void takeSample(CommittedTopic read) {
        for (List<ConsumerRecord<byte[], byte[]>> batch : read) {
            for (ConsumerRecord<byte[], byte[]> message : batch) {
                if (sample.size() == SAMPLE) {
                    return;
                }
                sample.add(message);
            }
        }
    }

    private Lap produced(Worker worker) {
        PlainProducer producer = new PlainProducer(worker, sample);
        Lap best = new Lap(0, 0, 0);
        for (Map<String, Object> settings : PlainProducer.SETTINGS) {
            Lap lap = produced(worker, producer, settings);
            best = lap.rowsPerSecond() > best.rowsPerSecond() ? lap : best;
        }
        return best;
    }

    private Lap produced(Worker worker, PlainProducer producer, Map<String, Object> settings) {
        ProcessorTime processors = ProcessorTime.with(table.database());
        String topic = producer.newTopic();
        try (Arrivals arrivals = new Arrivals(worker.client(), topic, table.rows(), processors::nanos)) {
            long cost = processors.nanos();
            long began = System.nanoTime();
            producer.send(topic, table.rows(), settings);
            arrivals.await(table.rows(), PATIENCE);
            return lap(arrivals, began, cost, table.rows() - 1L, producer.bytesPerRecord());
        } finally {
            worker.engine().kafka().deleteTopics(List.of(topic));
        }
    }

    private Lap lap(Arrivals arrivals, long began, long cost, long lastOffset, double bytesPerRow) {
        double seconds = (arrivals.nanosOf(lastOffset) - began) / 1e9;
        double micros = (arrivals.costUntil(lastOffset) - cost) / 1e3;
        return new Lap(table.rows() / seconds, micros / table.rows(), bytesPerRow);
    }
}
