package io.millrace.connect.snapshot.binlog;

import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import io.debezium.relational.mapping.ColumnMappers;
import io.debezium.spi.topic.TopicNamingStrategy;
import io.millrace.connect.converters.RowEncoding;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table's columns at one moment, and the conversion of its rows into records. */
final class TableShape {
    private static final Logger LOG = LoggerFactory.getLogger(TableShape.class);
    private static final String ROW = "after";

    private final Dialect dialect;
    private final Table table;
    private final TopicNamingStrategy<TableId> naming;
    private final TableSchema schema;
    private final List<ColumnForm> forms;

    @SuppressWarnings("unchecked") // Debezium's configuration gives strategies of tables
    TableShape(Dialect dialect, Table table) {
        BinlogConnectorConfig config = dialect.config();
        this.dialect = dialect;
        this.table = table;
        this.naming = config.getTopicNamingStrategy(BinlogConnectorConfig.TOPIC_NAMING_STRATEGY);
        this.schema = dialect.schemas()
                .create(naming, table, config.getColumnFilter(), ColumnMappers.create(config), config.getKeyMapper());
        this.forms = table.columns().stream().map(ColumnForm::of).toList();
    }

    /** Returns whether this is the shape of a table. */
    boolean isOf(Table other) {
        return table.equals(other);
    }

    /** Returns what to select, in order. */
    List<String> selected() {
        return forms.stream().map(ColumnForm::selected).toList();
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
     * @param place end of the view
     */
    RowMaker rows(Optional<RowEncoding> encoding, Place place, Instant now) {
        Struct source = source(place, now);
        StructRows structs = new StructRows(schema, forms, source, now);
        return encoding.flatMap(present -> encoded(structs, present, source, now))
                .orElse(structs);
    }

    private Optional<RowMaker> encoded(StructRows structs, RowEncoding encoding, Struct source, Instant now) {
        String topic = naming.dataChangeTopic(table.id());
        Struct frame = schema.getEnvelopeSchema().read(null, source, now);
        try {
            return Optional.of(new EncodedRows(
                    structs,
                    ROW,
                    Optional.ofNullable(schema.keySchema()).map(key -> encoding.keys(topic, key)),
                    encoding.values(topic, frame, ROW)));
        } catch (ConnectException e) {
            // the task's own converter meets the same trouble, and tells it in its way
            LOG.warn("Rows of {} cannot be encoded by their reader: {}", table.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private Struct source(Place place, Instant now) {
        Struct source =
                new Struct(schema.getEnvelopeSchema().schema().field("source").schema());
        put(source, "version", dialect.version());
        put(source, "connector", dialect.connectorName());
        put(source, "name", dialect.config().getLogicalName());
        put(source, "ts_ms", now.toEpochMilli());
        put(source, "ts_us", ChronoUnit.MICROS.between(Instant.EPOCH, now));
        put(source, "ts_ns", ChronoUnit.NANOS.between(Instant.EPOCH, now));
        put(source, "snapshot", "incremental");
        put(source, "db", table.id().catalog());
        put(source, "table", table.id().table());
        put(source, "server_id", 0L);
        put(source, "file", place.file());
        put(source, "pos", place.position());
        put(source, "row", 0);
        return source;
    }

    private static void put(Struct source, String name, Object value) {
        Field field = source.schema().field(name);
        if (field != null) {
            source.put(field, value);
        }
    }
}
