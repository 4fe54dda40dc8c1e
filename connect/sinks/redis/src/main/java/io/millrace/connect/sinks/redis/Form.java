package io.millrace.connect.sinks.redis;

import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Transaction;

/** How a change is said in commands. Used by one thread. */
interface Form {
    /** A command, yet to be sent. */
    @FunctionalInterface
    interface Command {
        void sendIn(Transaction transaction);
    }

    /**
     * Returns the commands for a change; none when there is nothing to say.
     *
     * @throws RefusedException when it cannot be said
     */
    List<Command> commands(Change change) throws RefusedException;

    /** Returns what the keys of a table begin with, where a truncation is to remove them. */
    Optional<String> keysToRemove(Change truncation) throws RefusedException;

    /** Returns whether saying a change twice is like saying it once. */
    boolean mayRepeat();

    /** Returns the form of these settings. */
    static Form of(RedisSettings settings) {
        return switch (settings.type()) {
            case STREAM -> new StreamForm(settings);
            case LIST -> new ListForm(settings);
            case HASH -> new HashForm(settings);
        };
    }
}
