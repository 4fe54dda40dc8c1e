package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.Module;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.relational.Column;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import io.debezium.relational.TableSchemaBuilder;
import io.debezium.relational.Tables.ColumnNameFilter;
import io.debezium.relational.mapping.ColumnMappers;
import io.debezium.spi.topic.TopicNamingStrategy;
import io.millrace.connect.converters.RowEncoding;
import io.millrace.connect.snapshot.TableUnreadableException;
import io.millrace.connect.snapshot.postgresql.EncodedRows.Columns;
import io.millrace.connect.snapshot.postgresql.EncodedRows.Keys;
import io.millrace.control.TableName;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table's columns at one moment, and the conversion of its rows into records.
 *
 * <p>The schemas are built from the catalogue, as Debezium builds those of the stream once it has seen a change of the
 * table: so a column that was added while nothing was written is there, and a generated one, which the log does not
 * carry, is not.
 */
final class TableShape {
    private static final Logger LOG = LoggerFactory.getLogger(TableShape.class);
    private static final String ROW = "after";

    private final ReaderSession session;
    private final PostgresConnectorConfig config;
    private final Table table;
    private final TopicNamingStrategy<TableId> naming;
    private final ColumnMappers mappers;
    private final TableSchemaBuilder builder;
    private final TableSchema schema;
    private final ColumnConversion[] conversions;
    private final Optional<Columns> keyColumns;
    private final Optional<KeyStructs> keyStructs;
    private final Columns valueColumns;
    private final Map<String, Integer> columnsByField = new HashMap<>();

    @SuppressWarnings("unchecked") // Debezium's configuration gives strategies of tables
    private TableShape(ReaderSession session, Table table) {
        this.session = session;
        this.config = session.config();
        this.table = table;
        this.naming = config.getTopicNamingStrategy(PostgresConnectorConfig.TOPIC_NAMING_STRATEGY);
        this.mappers = ColumnMappers.create(config);
        this.builder = builder(config, session.debezium());
        this.schema = schema(config.getColumnFilter(), mappers);
        this.conversions = table.columns().stream()
                .map(column -> conversion(column, mappers))
                .toArray(ColumnConversion[]::new);
        for (int i = 0; i < conversions.length; i++) {
            columnsByField.put(
                    config.getFieldNamer().fieldNameFor(table.columns().get(i)), i);
        }
        this.keyColumns = Optional.ofNullable(schema.keySchema())
                .map(key -> columns(key, ColumnMappers.build().build()));
        this.keyStructs = keyColumns.map(key -> new KeyStructs(
                schema,
                conversions,
                key.fields(),
                Arrays.stream(key.fields())
                        .mapToObj(field -> type(table.columns().get(field)))
                        .toList()));
        this.valueColumns = columns(schema.valueSchema(), mappers);
    }

    /** Reads the shape in the session's present transaction. */
    static TableShape read(ReaderSession session, TableName name) throws SQLException, TableUnreadableException {
        return new TableShape(session, StreamedTable.read(session, name));
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

    private TableSchema schema(ColumnNameFilter filter, ColumnMappers columnMappers) {
        return builder.create(naming, table, filter, columnMappers, config.getKeyMapper());
    }

    private ColumnConversion conversion(Column column, ColumnMappers columnMappers) {
        return new ColumnConversion(
                column,
                session,
                () -> schema((catalog, schemaName, tableName, name) -> name.equals(column.name()), columnMappers));
    }

    /** Returns where the fields of a schema come from. */
    private Columns columns(Schema row, ColumnMappers columnMappers) {
        int[] fields = fields(row);
        ColumnPath[] paths = new ColumnPath[fields.length];
        for (Field field : row.fields()) {
            Column column = table.columns().get(fields[field.index()]);
            paths[field.index()] = path(column, field.schema(), columnMappers);
        }
        return new Columns(fields, paths);
    }

    private int[] fields(Schema row) {
        return row.fields().stream()
                .mapToInt(field -> columnsByField.get(field.name()))
                .toArray();
    }

    private ColumnPath path(Column column, Schema field, ColumnMappers columnMappers) {
        return ColumnPaths.of(
                type(column),
                field,
                columnMappers.mappingConverterFor(table.id(), column) != null,
                session.sendsUtf8(),
                column.scale().orElse(column.length()),
                conversion(column, columnMappers));
    }

    private PostgresType type(Column column) {
        return session.debezium().getTypeRegistry().get(column.nativeType());
    }

    /** Returns the columns to select, in order. */
    List<String> columns() {
        return table.retrieveColumnNames();
    }

    /** Returns whether every row has a key of its own that the records carry. */
    boolean identifiesRows() {
        return schema.keySchema() != null
                && schema.keySchema().fields().stream()
                        .noneMatch(field -> field.schema().isOptional());
    }

    /**
     * Returns what makes the rows of a read that happens now.
     *
     * @param encoding how to encode them, if they are to be
     */
    RowMaker rows(Optional<RowEncoding> encoding, Instant now) {
        return encoding.flatMap(present -> encoded(present, now))
                .orElseGet(() -> new StructRows(schema, conversions, source(now), now));
    }

    private Optional<RowMaker> encoded(RowEncoding encoding, Instant now) {
        String topic = naming.dataChangeTopic(table.id());
        Struct frame = schema.getEnvelopeSchema().read(null, source(now), now);
        try {
            return Optional.of(new EncodedRows(
                    Optional.ofNullable(schema.keySchema())
                            .map(key -> new Keys(
                                    keyStructs.orElseThrow(), keyColumns.orElseThrow(), encoding.keys(topic, key))),
                    valueColumns,
                    encoding.values(topic, frame, ROW)));
        } catch (ConnectException e) {
            // the task's own converter meets the same trouble, and tells it in its way
            LOG.warn("Rows of {} cannot be encoded by their reader: {}", table.id(), e.getMessage());
            return Optional.empty();
        }
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
