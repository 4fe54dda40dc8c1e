package io.millrace.connect.sinks.redis;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.Destination;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.Taken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Sends changes as commands, some hundred in a transaction. */
final class RedisDestination implements Destination {
    private static final Logger LOG = LoggerFactory.getLogger(RedisDestination.class);
    private static final int MOST_COMMANDS = 500;
    private static final int KEYS_AT_A_TIME = 1_000;

    private final RedisServerLink link;
    private final Form form;
    private final Taken taken = new Taken();
    private final List<Said> pending = new ArrayList<>();

    RedisDestination(RedisServerLink link, Form form) {
        this.link = link;
        this.form = form;
    }

    /** A command, and the change that it says. */
    private record Said(Change change, Form.Command command) {}

    @Override
    public void write(List<Change> changes) throws Exception {
        pending.clear();
        for (Change change : changes) {
            if (!form.mayRepeat() && taken.contains(change)) {
                continue;
            }
            if (change.kind() == Change.Kind.TRUNCATE) {
                truncate(change);
            } else {
                form.commands(change).forEach(command -> pending.add(new Said(change, command)));
            }
            if (pending.size() >= MOST_COMMANDS) {
                send();
            }
        }
        send();
        changes.forEach(taken::add);
    }

    @Override
    public void release(Collection<TopicPartition> partitions) {
        taken.release(partitions);
    }

    @Override
    public void close() {
        link.close();
    }

    private void send() throws IOException, RefusedException {
        if (pending.isEmpty()) {
            return;
        }
        List<Object> answers = link.ask(this::inOneTransaction);
        List<Said> said = List.copyOf(pending);
        pending.clear();
        said.forEach(one -> taken.add(one.change()));
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof JedisDataException refusal) {
                refused(said.get(i).change(), refusal);
            }
        }
    }

    private List<Object> inOneTransaction(Jedis redis) {
        try (Transaction transaction = redis.multi()) {
            pending.forEach(said -> said.command().sendIn(transaction));
            return transaction.exec();
        }
    }

    /** A row may be in the way of another type under its key; the stream or list of a whole table should not be. */
    private void refused(Change change, JedisDataException refusal) throws RefusedException, IOException {
        String reason = String.valueOf(refusal.getMessage());
        if (!reason.startsWith("WRONGTYPE")) {
            throw new IOException("Redis did not take a row of table " + change.table() + ": " + reason);
        }
        if (form.mayRepeat()) {
            throw new RefusedException(change, "The key of the row holds something else than a hash: " + reason);
        }
        throw new ConnectException("The key for table " + change.table()
                + " holds something of another type; remove it, or correct redis.key or redis.key.data.type: "
                + reason);
    }

    private void truncate(Change change) throws IOException, RefusedException {
        Optional<String> prefix = form.keysToRemove(change);
        send();
        if (prefix.isEmpty()) {
            LOG.warn("Table {} was truncated; what Redis has of it stays", change.table());
            return;
        }
        ScanParams wanted = new ScanParams()
                .match(prefix.get().replaceAll("([\\\\*?\\[\\]])", "\\\\$1") + "*")
                .count(KEYS_AT_A_TIME);
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        do {
            byte[] from = cursor;
            cursor = link.ask(redis -> {
                ScanResult<byte[]> found = redis.scan(from, wanted);
                if (!found.getResult().isEmpty()) {
                    redis.unlink(found.getResult().toArray(byte[][]::new));
                }
                return found.getCursorAsBytes();
            });
        } while (!new String(cursor, StandardCharsets.US_ASCII).equals("0"));
    }
}
