package io.millrace.connect.sinks.redis;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;

/**
 * A hash for each row, under {@code keyspace:key}: a field for each column that is not null. A column that the source did
 * not tell keeps its field.
 */
final class HashForm implements Form {
    private static final String SEPARATOR = ":";

    private final RedisSettings settings;
    private final RowFields fields = new RowFields();

    HashForm(RedisSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Command> commands(Change change) throws RefusedException {
        Struct rowKey = change.key()
                .orElseThrow(() -> new RefusedException(
                        change, "A row without a key has no hash of its own; choose Stream or List, or give it a key"));
        byte[] key = RowFields.bytes(settings.keyspaceOf(change.table()) + SEPARATOR + fields.key(rowKey, SEPARATOR));
        if (change.kind() == Change.Kind.DELETE) {
            return List.of(transaction -> transaction.del(key));
        }
        RowFields.Fields row = fields.of(change);
        List<Command> commands = new ArrayList<>();
        if (!row.absent().isEmpty()) {
            byte[][] names = row.absent().toArray(byte[][]::new);
            commands.add(transaction -> transaction.hdel(key, names));
        }
        if (!row.present().isEmpty()) {
            commands.add(transaction -> transaction.hset(key, row.present()));
        }
        return commands;
    }

    @Override
    public Optional<String> keysToRemove(Change truncation) throws RefusedException {
        if (!settings.tellsTablesApart()) {
            throw new RefusedException(
                    truncation,
                    "The rows of all tables share the key '" + settings.keyspace()
                            + "', so those of the truncated table cannot be found; put ${topic} into redis.key");
        }
        return Optional.of(settings.keyspaceOf(truncation.table()) + SEPARATOR);
    }

    @Override
    public boolean mayRepeat() {
        return true;
    }
}
