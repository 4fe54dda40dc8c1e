package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.Module;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.pgoutput.PgOutputReplicationMessage;
import io.debezium.relational.Column;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.Table;
import io.debezium.relational.TableSchema;
import io.debezium.relational.TableSchemaBuilder;
import io.debezium.relational.mapping.ColumnMappers;
import io.millrace.connect.snapshot.Row;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.control.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * A table's columns at one moment, and the conversion of its rows into records.
 *
 * <p>The schemas are built from the catalogue, as Debezium builds those of the stream once it has seen a change of the
 * table: so a column that was added while nothing was written is there, and a generated one, which the log does not
 * carry, is not.
 */
final class TableShape {
    private final PostgresConnectorConfig config;
    private final PostgresConnection connection;
    private final Table table;
    private final TableSchema schema;
    private final List<PostgresType> types;

    private TableShape(PostgresConnectorConfig config, PostgresConnection connection, Table table, TableSchema schema) {
        this.config = config;
        this.connection = connection;
        this.table = table;
        this.schema = schema;
        TypeRegistry registry = connection.getTypeRegistry();
        this.types = table.columns().stream()
                .map(column -> registry.get(column.nativeType()))
                .toList();
    }

    /** Reads the shape in the session's present transaction. */
    static TableShape read(ReaderSession session, TableName name) throws SQLException, TableUnreadableException {
        PostgresConnectorConfig config = session.config();
        PostgresConnection connection = session.debezium();
        Table table = StreamedTable.read(session, name);
        TableSchema schema = builder(config, connection)
                .create(
                        config.getTopicNamingStrategy(PostgresConnectorConfig.TOPIC_NAMING_STRATEGY),
                        table,
                        config.getColumnFilter(),
                        ColumnMappers.create(config),
                        config.getKeyMapper());
        return new TableShape(config, connection, table, schema);
    }

    private static TableSchemaBuilder builder(PostgresConnectorConfig config, PostgresConnection connection) {
        return new TableSchemaBuilder(
                PostgresValueConverter.of(config, connection.getDatabaseCharset(), connection.getTypeRegistry()),
                connection.getDefaultValueConverter(),
                config.schemaNameAdjuster(),
                new CustomConverterRegistry(List.of()),
                config.getSourceInfoStructMaker().schema(),
                config.getFieldNamer(),
                false,
                config.getEventConvertingFailureHandlingMode());
    }

    /** Returns the columns to select, in order. */
    List<String> columns() {
        return table.retrieveColumnNames();
    }

    /** Converts the first columns of a result, which are this shape's, as the stream converts a row. */
    Row row(ResultSet result, Instant now) throws SQLException {
        Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i, result.getString(i + 1));
        }
        Struct key = schema.keyFromColumnData(values);
        Struct value = schema.getEnvelopeSchema().read(schema.valueFromColumnData(values), source(now), now);
        return new Row(key, schema.keySchema(), key, schema.getEnvelopeSchema().schema(), value);
    }

    private @Nullable Object value(int index, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Column column = table.columns().get(index);
        return PgOutputReplicationMessage.getValue(
                column.name(),
                types.get(index),
                column.typeExpression(),
                text,
                () -> (BaseConnection) connection.connection(),
                false,
                connection.getTypeRegistry());
    }

    private Struct source(Instant now) {
        Struct source =
                new Struct(schema.getEnvelopeSchema().schema().field("source").schema());
        put(source, "version", Module.version());
        put(source, "connector", "postgresql");
        put(source, "name", config.getLogicalName());
        put(source, "ts_ms", now.toEpochMilli());
        put(source, "ts_us", ChronoUnit.MICROS.between(Instant.EPOCH, now));
        put(source, "ts_ns", ChronoUnit.NANOS.between(Instant.EPOCH, now));
        put(source, "snapshot", "incremental");
        put(source, "db", config.databaseName());
        put(source, "schema", table.id().schema());
        put(source, "table", table.id().table());
        return source;
    }

    private static void put(Struct source, String name, Object value) {
        Field field = source.schema().field(name);
        if (field != null) {
            source.put(field, value);
        }
    }
}
