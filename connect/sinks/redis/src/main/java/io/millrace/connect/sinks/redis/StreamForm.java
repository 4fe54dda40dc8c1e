package io.millrace.connect.sinks.redis;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.params.XAddParams;

/** An entry in the stream of its table for each event, with a field for each column that is not null. */
final class StreamForm implements Form {
    private final RedisSettings settings;
    private final RowFields fields = new RowFields();

    StreamForm(RedisSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Command> commands(Change change) throws RefusedException {
        if (change.isTombstone()) {
            return List.of();
        }
        byte[] key = RowFields.bytes(settings.keyspaceOf(change.table()));
        Map<byte[], byte[]> entry = fields.of(change).present();
        if (entry.isEmpty()) {
            throw new RefusedException(change, "All columns are null, and an entry of a stream cannot be empty");
        }
        return List.of(transaction -> transaction.xadd(key, XAddParams.xAddParams(), entry));
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
