package io.millrace.engine.embedded;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Task of {@link CountingConnector}: ten numbers at a time, a few hundred a second. */
public final class CountingTask extends SourceTask {
    private static final Map<String, String> PARTITION = Map.of("counter", "1");

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private Map<String, String> config = Map.of();
    private long next = 1;

    @Override
    public void start(Map<String, String> props) {
        config = Map.copyOf(props);
        next = Optional.ofNullable(context.offsetStorageReader().offset(PARTITION))
                .map(offset -> (Long) offset.get("number") + 1)
                .orElse(1L);
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        if (stopped.await(20, TimeUnit.MILLISECONDS)) {
            boolean ignored = never.await(number(CountingConnector.FAREWELL, 0), TimeUnit.MILLISECONDS);
            return List.of();
        }
        long end = Math.min(next + 10, number(CountingConnector.LAST, Long.MAX_VALUE - 1) + 1);
        List<SourceRecord> records =
                LongStream.range(next, end).mapToObj(this::record).toList();
        next = end;
        Optional.ofNullable(context.transactionContext())
                .filter(transaction -> !Boolean.parseBoolean(config.get(CountingConnector.KEEP_OPEN)))
                .ifPresent(transaction -> transaction.commitTransaction());
        return records;
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public String version() {
        return "1";
    }

    private SourceRecord record(long number) {
        if (number == number(CountingConnector.FAIL_AT, 0)) {
            throw new IllegalStateException("told to fail at " + number);
        }
        return new SourceRecord(
                PARTITION,
                Map.of("number", number),
                config.get(CountingConnector.TOPIC),
                0,
                Schema.STRING_SCHEMA,
                config.getOrDefault(CountingConnector.SECRET, ""),
                Schema.INT64_SCHEMA,
                number);
    }

    private long number(String key, long otherwise) {
        return Optional.ofNullable(config.get(key)).map(Long::parseLong).orElse(otherwise);
    }
}
