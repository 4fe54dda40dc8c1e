package io.millrace.store;

import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Points in time as the store keeps them: microseconds since 1970, in a {@code bigint}. */
public final class Times {
    private Times() {}

    /** Returns the point in time as a number. */
    public static long toColumn(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** Returns the point in time that a column holds. */
    public static Instant fromColumn(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Lets an {@link Instant} be bound. */
    static final class AsArgument extends AbstractArgumentFactory<Instant> {
        AsArgument() {
            super(Types.BIGINT);
        }

        @Override
        protected Argument build(Instant time, ConfigRegistry config) {
            return (position, statement, context) -> statement.setLong(position, toColumn(time));
        }
    }
}
