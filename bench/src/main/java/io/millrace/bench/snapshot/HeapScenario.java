package io.millrace.bench.snapshot;

import io.millrace.bench.Figure;
import io.millrace.bench.Progress;
import io.millrace.demo.DemoFailure;
import io.millrace.demo.Pace;
import io.millrace.testkit.PostgresDatabase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a platform holds on its heap while rows of some size are snapshotted: the most that is left after a full collection,
 * which is asked for again and again.
 */
record HeapScenario(RemoteHeap heap, PostgresDatabase database, int megabytes, Pace pace, Progress progress) {
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Map<String, Integer> SIZES =
            new TreeMap<>(Map.of("rows_of_1k", 1_000, "rows_of_100k", 100_000, "rows_of_10m", 10_000_000));

    /** Returns the names of the tables. */
    static List<String> tables() {
        return List.copyOf(SIZES.keySet());
    }

    /** Makes tables of so many megabytes each, in rows that do not compress. */
    static void createTables(PostgresDatabase database, int megabytes) {
        SIZES.forEach((table, bytes) -> {
            int rows = Math.max(4, (int) (megabytes * 1_000_000L / bytes));
            database.execute(
                    "CREATE TABLE " + table + " (id bigint PRIMARY KEY, payload text NOT NULL)",
                    "ALTER TABLE " + table + " ALTER payload SET STORAGE EXTERNAL",
                    "INSERT INTO " + table + " SELECT n, (SELECT string_agg(md5(n || '.' || i), '')"
                            + " FROM generate_series(1, " + Math.max(1, bytes / 32) + ") i)"
                            + " FROM generate_series(1, " + rows + ") n",
                    "VACUUM (ANALYZE) " + table);
        });
    }

    List<Figure> run(RestSource source) {
        List<Figure> figures = new ArrayList<>();
        double idle = heap.liveMebibytes();
        figures.add(Figure.told("heap at most (-Xmx)", heap.mostMebibytes(), "MiB"));
        figures.add(Figure.told("heap in use without a snapshot, after a full collection", idle, "MiB"));
        for (String table : tables()) {
            double peak = peak(source, table);
            compare(source, table);
            progress.tell("  " + table + ": " + Math.round(peak) + " MiB at most, " + Math.round(idle) + " without");
            figures.add(Figure.told("heap in use, snapshot of " + table.replace('_', ' ') + ", peak", peak, "MiB"));
        }
        return figures;
    }

    private double peak(RestSource source, String table) {
        double peak = 0;
        String run = source.execute(table);
        String status = "";
        while (!List.of("completed", "cancelled", "failed").contains(status)) {
            peak = Math.max(peak, heap.liveMebibytes());
            pace.rest(BETWEEN);
            status = source.status(run);
        }
        if (!status.equals("completed")) {
            throw new DemoFailure("the snapshot of " + table + " ended " + status);
        }
        return peak;
    }

    private void compare(RestSource source, String table) {
        Map<Long, String> expected = database.query("SELECT id, md5(payload) FROM " + table).stream()
                .collect(Collectors.toMap(row -> Long.valueOf(row.get(0)), row -> row.get(1)));
        Map<Long, String> arrived = new TreeMap<>();
        Envelope.Decoder decoder = source.decoder();
        try (CommittedTopic read = CommittedTopic.of(source.client(), source.topic(table), 0)) {
            for (List<ConsumerRecord<byte[], byte[]>> batch : read) {
                for (ConsumerRecord<byte[], byte[]> message : batch) {
                    Envelope envelope = decoder.decode(message.value());
                    arrived.put(
                            envelope.id(), md5(String.valueOf(envelope.after().apply("payload"))));
                }
            }
        }
        if (!arrived.equals(expected)) {
            throw new DemoFailure("topic " + source.topic(table) + " does not hold the rows of " + table);
        }
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
