package io.millrace.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.database.KeyColumn;
import io.millrace.http.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads of records what completeness is about: the key as texts, and what became of the row. Avro in the Confluent wire
 * format, of whose values only the two fields that matter are decoded; or JSON. Not thread-safe.
 */
final class RecordForm {
    private static final int HEAD = 5;
    private static final Pattern SEQUENCE = Pattern.compile("\\d{1,10}-\\d{1,10}-\\d{1,18}");

    private final LongFunction<Optional<String>> schemas;
    private final Map<Long, Schema> written = new HashMap<>();
    private final Map<Long, GenericDatumReader<GenericRecord>> values = new HashMap<>();

    /**
     * Makes one.
     *
     * @param schemas finds the text of a schema by the id that records carry
     */
    RecordForm(LongFunction<Optional<String>> schemas) {
        this.schemas = schemas;
    }

    /** Returns the key in the order of the columns. */
    List<String> key(byte[] bytes, List<KeyColumn> columns) throws CannotTellException {
        Map<String, Optional<String>> fields =
                isAvro(bytes) ? avroKey(bytes, columns) : jsonKey(payload(bytes), columns);
        List<String> key = new ArrayList<>();
        for (KeyColumn column : columns) {
            key.add(fields.getOrDefault(column.name(), Optional.empty())
                    .orElseThrow(() -> new CannotTellException("The records' keys have no field '" + column.name()
                            + "' that can be compared with the column of the table")));
        }
        if (fields.size() != columns.size()) {
            throw new CannotTellException("The records' keys have other fields than the table's primary key");
        }
        return key;
    }

    /** Returns what a value says. */
    RowChange change(byte[] bytes) throws CannotTellException {
        if (!isAvro(bytes)) {
            JsonNode envelope = payload(bytes);
            JsonNode source = envelope.path("source");
            JsonNode transaction = source.path("txId");
            return RowChange.of(
                    envelope.path("op").asText(),
                    transaction.isIntegralNumber()
                            ? OptionalLong.of(transaction.longValue())
                            : sequence(source.path("gtid").asText()));
        }
        GenericRecord envelope = read(valueReader(id(bytes)), bytes);
        return RowChange.of(String.valueOf(envelope.get("op")), transaction(envelope));
    }

    private static OptionalLong transaction(GenericRecord envelope) {
        if (!envelope.hasField("source") || !(envelope.get("source") instanceof GenericRecord source)) {
            return OptionalLong.empty();
        }
        if (source.hasField("txId") && source.get("txId") instanceof Number number) {
            return OptionalLong.of(number.longValue());
        }
        return source.hasField("gtid") ? sequence(String.valueOf(source.get("gtid"))) : OptionalLong.empty();
    }

    /** Returns the last number of MariaDB's {@code domain-server-sequence}; nothing of another form. */
    private static OptionalLong sequence(String gtid) {
        return SEQUENCE.matcher(gtid).matches()
                ? OptionalLong.of(Long.parseLong(gtid.substring(gtid.lastIndexOf('-') + 1)))
                : OptionalLong.empty();
    }

    private Map<String, Optional<String>> avroKey(byte[] bytes, List<KeyColumn> columns) throws CannotTellException {
        Schema schema = schema(id(bytes));
        GenericRecord record = read(new GenericDatumReader<>(schema), bytes);
        Map<String, Optional<String>> fields = new HashMap<>();
        for (Schema.Field field : schema.getFields()) {
            String name =
                    Optional.ofNullable(field.getProp("connect.field.name")).orElse(field.name());
            fields.put(
                    name,
                    columns.stream()
                            .filter(column -> column.name().equals(name))
                            .findFirst()
                            .flatMap(column -> KeyText.of(column.kind(), field.schema(), record.get(field.pos()))));
        }
        return fields;
    }

    private static Map<String, Optional<String>> jsonKey(JsonNode key, List<KeyColumn> columns) {
        Map<String, Optional<String>> fields = new HashMap<>();
        key.fieldNames()
                .forEachRemaining(name -> fields.put(
                        name,
                        columns.stream()
                                .filter(column -> column.name().equals(name))
                                .findFirst()
                                .flatMap(column -> KeyText.of(column.kind(), key.get(name)))));
        return fields;
    }

    private static JsonNode payload(byte[] bytes) throws CannotTellException {
        try {
            JsonNode tree = Json.mapper().readTree(bytes);
            return tree.has("schema") && tree.has("payload") ? tree.get("payload") : tree;
        } catch (IOException e) {
            throw new CannotTellException("The topic has records that are neither Avro nor JSON");
        }
    }

    private static boolean isAvro(byte[] bytes) {
        return bytes.length >= HEAD && bytes[0] == 0;
    }

    private static long id(byte[] bytes) {
        return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    }

    private Schema schema(long id) throws CannotTellException {
        Schema known = written.get(id);
        if (known == null) {
            known = new Schema.Parser()
                    .parse(schemas.apply(id)
                            .orElseThrow(() -> new CannotTellException("The registry has no schema " + id)));
            written.put(id, known);
        }
        if (known.getType() != Schema.Type.RECORD) {
            throw new CannotTellException("Schema " + id + " is none of a row");
        }
        return known;
    }

    private GenericDatumReader<GenericRecord> valueReader(long id) throws CannotTellException {
        GenericDatumReader<GenericRecord> known = values.get(id);
        if (known == null) {
            Schema whole = schema(id);
            if (whole.getField("op") == null) {
                throw new CannotTellException("The topic's values are no change events; a transform has changed them");
            }
            known = new GenericDatumReader<>(whole, only(whole, List.of("op", "source"), List.of("txId", "gtid")));
            values.put(id, known);
        }
        return known;
    }

    /** Returns the record type with these fields alone, and the records among them with the inner ones alone. */
    private static Schema only(Schema record, List<String> fields, List<String> inner) {
        Schema smaller = Schema.createRecord(record.getName(), null, record.getNamespace(), false);
        List<Schema.Field> kept = new ArrayList<>();
        for (Schema.Field field : record.getFields()) {
            if (fields.contains(field.name())) {
                Schema type = field.schema();
                kept.add(new Schema.Field(
                        field.name(), type.getType() == Schema.Type.RECORD ? only(type, inner, List.of()) : type));
            }
        }
        smaller.setFields(kept);
        return smaller;
    }

    private static GenericRecord read(GenericDatumReader<GenericRecord> reader, byte[] bytes)
            throws CannotTellException {
        try {
            return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, HEAD, bytes.length - HEAD, null));
        } catch (IOException | AvroRuntimeException e) {
            throw new CannotTellException("A record does not fit its schema: " + e.getMessage());
        }
    }
}
