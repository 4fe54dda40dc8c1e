package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.pgoutput.PgOutputReplicationMessage;
import io.debezium.relational.Column;
import io.debezium.relational.TableSchema;
import io.millrace.connect.converters.row.RowWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Field;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * Debezium's own conversion of one column, step by step: its decoding of the text, its value converter, and whatever the
 * connector's settings put behind that, such as a mask.
 */
final class ColumnConversion implements ColumnPath {
    private final Column column;
    private final PostgresType type;
    private final TypeRegistry registry;
    private final ReaderSession session;
    private final Supplier<TableSchema> alone;
    private Optional<TableSchema> built = Optional.empty();

    /**
     * Makes a conversion.
     *
     * @param alone builds the schema of a table that has this column only, for Debezium converts whole rows; asked when
     *     the first value has to go this way
     */
    ColumnConversion(Column column, ReaderSession session, Supplier<TableSchema> alone) {
        this.column = column;
        this.registry = session.debezium().getTypeRegistry();
        this.type = registry.get(column.nativeType());
        this.session = session;
        this.alone = alone;
    }

    /** Returns the value as Debezium decodes it from the log. */
    @Nullable
    Object decode(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return PgOutputReplicationMessage.getValue(
                column.name(),
                type,
                column.typeExpression(),
                text,
                () -> (BaseConnection) session.lookups(),
                false,
                registry);
    }

    @Override
    public void write(byte[] bytes, int start, int length, RowWriter out) {
        out.write(convert(decode(new String(bytes, start, length, StandardCharsets.UTF_8))));
    }

    @Override
    public void writeNull(RowWriter out) {
        // not simply null: a mask covers nulls too
        out.write(convert(null));
    }

    private @Nullable Object convert(@Nullable Object decoded) {
        if (built.isEmpty()) {
            built = Optional.of(alone.get());
        }
        @Nullable Object[] row = new Object[column.position()];
        row[column.position() - 1] = decoded;
        List<Field> fields = built.get().valueSchema().fields();
        return fields.isEmpty()
                ? null
                : built.get()
                        .valueFromColumnData(row)
                        .getWithoutDefault(fields.get(0).name());
    }
}
