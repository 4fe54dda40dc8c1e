package io.millrace.snapshot;

import io.millrace.testkit.PostgresDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A source of one table with a key {@code id}: what the database's own log says, as change events in JSON. A slot moves on
 * only after the topic has acknowledged what it gave.
 */
final class DecodedStream implements AutoCloseable {
    private static final Pattern CHANGE =
            Pattern.compile("table public\\.\\w+: (INSERT|UPDATE|DELETE): id\\[bigint\\]:(-?\\d+).*");

    private final Connection session;
    private final KafkaProducer<byte[], byte[]> producer;
    private final String slot;
    private final String topic;

    DecodedStream(PostgresDatabase database, String slot, Map<String, Object> client, String topic) {
        this.session = database.connect();
        this.slot = slot;
        this.topic = topic;
        Map<String, Object> config = new HashMap<>(client);
        config.put("acks", "all");
        producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        database.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'test_decoding')");
    }

    /** Delivers what was committed until now. */
    void deliver() throws SQLException {
        String end = text("SELECT pg_current_wal_flush_lsn()::text");
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(
                "SELECT xid::text, data FROM pg_logical_slot_peek_changes(?, ?::pg_lsn, NULL)")) {
            statement.setString(1, slot);
            statement.setString(2, end);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    add(records, result.getString(1), result.getString(2));
                }
            }
        }
        send(records);
        text("SELECT pg_replication_slot_advance('" + slot + "', '" + end + "')::text");
    }

    private void add(List<ProducerRecord<byte[], byte[]>> records, String transaction, String data) {
        Matcher change = CHANGE.matcher(data);
        if (!change.matches()) {
            return;
        }
        String op =
                switch (change.group(1)) {
                    case "INSERT" -> "c";
                    case "UPDATE" -> "u";
                    default -> "d";
                };
        long id = Long.parseLong(change.group(2));
        records.add(event(id, op, Optional.of(transaction)));
        if (op.equals("d")) {
            records.add(new ProducerRecord<>(topic, key(id), null));
        }
    }

    /** Delivers rows as a snapshot does. */
    void snapshot(List<Long> ids) {
        send(ids.stream().map(id -> event(id, "r", Optional.empty())).toList());
    }

    /** Takes a row out of the topic, which is still in the table. */
    void lose(long id) {
        send(List.of(new ProducerRecord<>(topic, key(id), null)));
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
        producer.flush();
        if (!sent.stream().allMatch(Future::isDone)) {
            throw new IllegalStateException("a flushed record is a sent one");
        }
    }

    private ProducerRecord<byte[], byte[]> event(long id, String op, Optional<String> transaction) {
        String source = "{\"txId\": " + transaction.orElse("null") + "}";
        return new ProducerRecord<>(
                topic,
                key(id),
                bytes("{\"op\": \"" + op + "\", \"after\": {\"id\": " + id + "}, \"source\": " + source + "}"));
    }

    private static byte[] key(long id) {
        return bytes("{\"id\": " + id + "}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        producer.close();
        session.close();
    }
}
