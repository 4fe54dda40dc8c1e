package io.millrace.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Judges a topic of JSON envelopes against its table of {@link Traffic}, by replaying it from its start. Keys are columns
 * named {@code id}, versions are columns named {@code v}.
 */
final class TopicOracle {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> complaints = new ArrayList<>();
    private final Map<Long, Long> newest = new HashMap<>();
    private final Map<Long, Long> rows = new TreeMap<>();
    private final Map<Long, Integer> reads = new HashMap<>();
    private long records;

    /** Replays the records in the order of the topic's one partition. */
    static TopicOracle replay(List<ConsumerRecord<byte[], byte[]>> topic) {
        TopicOracle oracle = new TopicOracle();
        topic.forEach(oracle::take);
        return oracle;
    }

    private void take(ConsumerRecord<byte[], byte[]> message) {
        records++;
        if (message.value() == null) {
            return; // the tombstone behind a delete
        }
        JsonNode value = parsed(message.value());
        String operation = value.path("op").asText();
        JsonNode row = value.path(operation.equals("d") ? "before" : "after");
        if (!row.path("id").isIntegralNumber() || !row.path("v").isIntegralNumber()) {
            complaints.add("offset " + message.offset() + " is no envelope of a row: " + value);
            return;
        }
        take(message.offset(), operation, row.path("id").asLong(), row.path("v").asLong());
    }

    private void take(long offset, String operation, long id, long version) {
        boolean exists = rows.containsKey(id);
        Optional<Long> before = Optional.ofNullable(newest.get(id));
        if (before.isPresent() && version < before.get()) {
            String rule = exists ? "S2" : "S3";
            complaints.add(rule + ": offset " + offset + ", row " + id + " goes from version " + before.get()
                    + " back to " + version + " by " + operation);
        }
        if (before.isPresent() && version == before.get() && !exists && !operation.equals("d")) {
            complaints.add("S3: offset " + offset + ", row " + id + " was deleted at version " + version
                    + " and comes back by " + operation);
        }
        newest.merge(id, version, Math::max);
        if (operation.equals("r")) {
            reads.merge(id, 1, Integer::sum);
        }
        if (operation.equals("d")) {
            rows.remove(id);
        } else {
            rows.put(id, version);
        }
    }

    /** Returns whether the row exists at the end of the topic. */
    boolean has(long id) {
        return rows.containsKey(id);
    }

    /** Returns how many rows snapshots delivered. */
    long reads() {
        return reads.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** Returns the most often that snapshots delivered one and the same row. */
    int mostReadsOfARow() {
        return reads.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    long records() {
        return records;
    }

    /** Returns what is wrong: an empty list when the topic never goes back and its replay gives the table (S1, S2, S3). */
    List<String> complaintsAgainst(CampaignDatabase database, String table) {
        Map<Long, Long> expected = new TreeMap<>();
        for (List<String> row : database.query("SELECT id, v FROM " + table)) {
            expected.put(Long.valueOf(row.get(0)), Long.valueOf(row.get(1)));
        }
        List<String> all = new ArrayList<>(complaints);
        Set<Long> keys = new HashSet<>(expected.keySet());
        keys.addAll(rows.keySet());
        for (Long id : keys) {
            Optional<Long> there = Optional.ofNullable(expected.get(id));
            Optional<Long> here = Optional.ofNullable(rows.get(id));
            if (here.isEmpty()) {
                all.add("S1: row " + id + " is missing");
            } else if (!here.equals(there)) {
                all.add("row " + id + " ends at version " + here.get() + ", in the table "
                        + there.map(String::valueOf).orElse("it does not exist"));
            }
        }
        return all;
    }

    private static JsonNode parsed(byte[] json) {
        try {
            JsonNode value = JSON.readTree(json);
            return value.has("payload") && value.has("schema") ? value.get("payload") : value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
