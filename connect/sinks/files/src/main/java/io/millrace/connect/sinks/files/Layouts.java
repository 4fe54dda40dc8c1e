package io.millrace.connect.sinks.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.connect.sinks.Change;
import io.millrace.connect.sinks.RefusedException;
import io.millrace.connect.sinks.files.format.Part;
import io.millrace.connect.sinks.row.RowShape;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of files from records. Where only the value is asked for, its columns are the row; else each part of the
 * record that is asked for is a place in it.
 */
final class Layouts {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST = 1_000;

    private final List<OutputField> fields;
    private final boolean flat;
    private final RowShape.Cache shapes = new RowShape.Cache();
    private final IdentityHashMap<Schema, List<Part>> columns = new IdentityHashMap<>();

    Layouts(List<OutputField> fields) {
        this.fields = List.copyOf(fields);
        flat = fields.equals(List.of(OutputField.VALUE));
    }

    /** A row for a file. */
    static final class Laid {
        private final List<Part> parts;
        private final @Nullable Object[] row;

        Laid(List<Part> parts, @Nullable Object[] row) {
            this.parts = parts;
            this.row = row;
        }

        List<Part> parts() {
            return parts;
        }

        /** Returns the values in the order of the parts; not a copy. */
        @Nullable
        Object[] row() {
            return row;
        }
    }

    /** Returns the row of a change; nothing where the change has no row and a row is asked for. */
    Optional<Laid> of(Change change) throws RefusedException {
        Optional<Struct> value = change.row();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    flat
                            ? new Laid(parts(value.get().schema()), values(value.get()))
                            : envelope(change.record(), value.get()));
        } catch (RuntimeException e) {
            throw new RefusedException(change, "The row is not what its schema says: " + e.getMessage());
        }
    }

    private Laid envelope(SinkRecord record, Struct value) {
        List<Part> parts = new ArrayList<>();
        @Nullable Object[] row = new Object[fields.size()];
        for (int i = 0; i < row.length; i++) {
            OutputField field = fields.get(i);
            Optional<Struct> struct =
                    switch (field) {
                        case VALUE -> Optional.of(value);
                        case KEY -> record.key() instanceof Struct key ? Optional.of(key) : Optional.empty();
                        case OFFSET, TIMESTAMP, HEADERS, TOPIC, PARTITION -> Optional.empty();
                    };
            parts.add(struct.map(inner -> new Part(field.label(), new Part.Row(parts(inner.schema()))))
                    .orElseGet(field::plain));
            row[i] = struct.isPresent() ? values(struct.get()) : plain(field, record);
        }
        return new Laid(List.copyOf(parts), row);
    }

    private static @Nullable Object plain(OutputField field, SinkRecord record) {
        return switch (field) {
            case KEY -> record.key() == null ? null : String.valueOf(record.key());
            case VALUE -> throw new IllegalStateException("A value is a row");
            case OFFSET -> record.originalKafkaOffset();
            case TIMESTAMP ->
                record.timestamp() == null
                        ? null
                        : Instant.ofEpochMilli(record.timestamp()).atOffset(ZoneOffset.UTC);
            case HEADERS -> headers(record);
            case TOPIC -> record.topic();
            case PARTITION -> record.originalKafkaPartition();
        };
    }

    private @Nullable Object[] values(Struct row) {
        return shapes.of(row.schema()).values(row);
    }

    private List<Part> parts(Schema schema) {
        List<Part> known = columns.get(schema);
        if (known == null) {
            if (columns.size() >= MOST) {
                columns.clear();
            }
            known = shapes.of(schema).columns().stream()
                    .map(column -> Part.of(column.name(), column.type()))
                    .toList();
            columns.put(schema, known);
        }
        return known;
    }

    private static String headers(SinkRecord record) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Header header : record.headers()) {
                json.writeStartObject();
                json.writeStringField("key", header.key());
                json.writeStringField("value", text(header.value()));
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value instanceof byte[] bytes
                ? Base64.getEncoder().encodeToString(bytes)
                : Objects.toString(value, null);
    }

    /** Returns the key of a record as it stands in the name of an object. */
    static String key(SinkRecord record) {
        if (record.key() instanceof Struct key) {
            List<String> values = new ArrayList<>();
            key.schema().fields().forEach(field -> values.add(String.valueOf(key.get(field))));
            return String.join("-", values);
        }
        return String.valueOf(record.key());
    }
}
