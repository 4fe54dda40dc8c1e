package io.millrace.connect.snapshot.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import io.debezium.connector.binlog.BinlogStreamingChangeEventSource;
import io.debezium.connector.common.BaseSourceTask;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.relational.RelationalDatabaseSchema;
import java.lang.reflect.Field;
import java.util.Optional;

/**
 * The one place that reaches into Debezium's task, by reflection, for what it has no getter for: the client that reads
 * the log, and the tables as the stream has them. Tests name the fields, so that another version cannot lose them
 * unseen.
 */
final class StreamingInternals {
    private final BaseSourceTask<?, ?> task;
    private final Field coordinator;
    private final Field streamingSource;
    private final Field schema;

    StreamingInternals(BaseSourceTask<?, ?> task) {
        this.task = task;
        this.coordinator = field(BaseSourceTask.class, "coordinator");
        this.streamingSource = field(ChangeEventSourceCoordinator.class, "streamingSource");
        this.schema = field(task.getClass(), "schema");
    }

    private static Field field(Class<?> owner, String name) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("This version of Debezium has no " + owner.getName() + "." + name, e);
        }
    }

    /** Returns the client once Debezium listens to it. */
    Optional<BinaryLogClient> client() {
        return value(coordinator, task)
                .flatMap(present -> value(streamingSource, present))
                .map(source -> ((BinlogStreamingChangeEventSource<?, ?>) source).getBinaryLogClient())
                .filter(client -> !client.getEventListeners().isEmpty());
    }

    /** Returns the tables as they are in the stream. */
    Optional<RelationalDatabaseSchema> tables() {
        return value(schema, task).map(RelationalDatabaseSchema.class::cast);
    }

    private static Optional<Object> value(Field field, Object owner) {
        try {
            return Optional.ofNullable(field.get(owner));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " cannot be read", e);
        }
    }
}
