package io.millrace.connect.converters.avro;

import io.millrace.connect.converters.registry.SchemaRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;

/**
 * Decodes records in the Confluent wire format, ours and those of other writers. Thread-safe. Records of one id share
 * one Connect schema object.
 */
public final class AvroDecoder {
    private final SchemaRegistry registry;
    private final int capacity;
    private final Map<Integer, Decoding> decodings = new ConcurrentHashMap<>();

    /**
     * Makes a decoder.
     *
     * @param capacity most schema ids to remember, at least 1
     */
    public AvroDecoder(SchemaRegistry registry, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("The capacity must be at least 1: " + capacity);
        }
        this.registry = registry;
        this.capacity = capacity;
    }

    /**
     * Decodes one record.
     *
     * @throws DataException if the bytes are not such a record, or its schema is unknown or has no form in Connect
     * @throws org.apache.kafka.connect.errors.ConnectException if the registry cannot be reached
     */
    public SchemaAndValue decode(byte[] record) {
        int id = WireFormat.readId(record);
        Decoding decoding = decoding(id);
        BinaryDecoder in =
                DecoderFactory.get().binaryDecoder(record, WireFormat.HEADER, record.length - WireFormat.HEADER, null);
        try {
            return new SchemaAndValue(decoding.schema(), decoding.reader().read(in));
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new DataException("The record does not follow its schema, id " + id + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the Connect schema of an id, always the same object.
     *
     * @throws DataException if it is unknown or has no form in Connect
     * @throws org.apache.kafka.connect.errors.ConnectException if the registry cannot be reached
     */
    public org.apache.kafka.connect.data.Schema schema(int id) {
        return decoding(id).schema();
    }

    private Decoding decoding(int id) {
        Decoding known = decodings.get(id);
        if (known != null) {
            return known;
        }
        Decoding decoding = compile(id, registry.schema(id));
        if (decodings.size() >= capacity) {
            decodings.clear();
        }
        decodings.put(id, decoding);
        return decoding;
    }

    private static Decoding compile(int id, String text) {
        try {
            return Decoding.of(parse(text));
        } catch (AvroRuntimeException e) {
            throw new DataException("Schema " + id + " of the registry is no Avro schema: " + e.getMessage(), e);
        }
    }

    private static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (NullPointerException e) {
            // What Avro's parser throws for a name that the schema does not define.
            throw new AvroRuntimeException(e.getMessage(), e);
        }
    }
}
