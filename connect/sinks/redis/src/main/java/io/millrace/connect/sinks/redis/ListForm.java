package io.millrace.connect.sinks.redis;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import java.util.List;
import java.util.Optional;

/** The row as JSON at the end of the list of its table, for each event. */
final class ListForm implements Form {
    private final RedisSettings settings;
    private final RowFields fields = new RowFields();

    ListForm(RedisSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Command> commands(Change change) throws RefusedException {
        if (change.isTombstone()) {
            return List.of();
        }
        byte[] key = RowFields.bytes(settings.keyspaceOf(change.table()));
        byte[] element = RowFields.bytes(fields.json(change));
        return List.of(transaction -> transaction.rpush(key, element));
    }

    @Override
    public Optional<String> keysToRemove(Change truncation) {
        return Optional.empty();
    }

    @Override
    public boolean mayRepeat() {
        return false;
    }
}
