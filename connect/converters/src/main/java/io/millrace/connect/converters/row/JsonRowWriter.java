package io.millrace.connect.converters.row;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.jspecify.annotations.Nullable;

/** Rows as a {@link JsonConverter} without schemas writes them. */
public final class JsonRowWriter implements RowWriter {
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private final JsonConverter converter;
    private final String topic;
    private final Schema encoded;
    private final ColumnCursor cursor;
    private final byte[][] names;
    private final byte[] tail;
    private final int headLength;
    private final ByteSink out = new ByteSink();

    private JsonRowWriter(JsonConverter converter, String topic, Schema encoded, Schema row, byte[] head, byte[] tail) {
        this.converter = converter;
        this.topic = topic;
        this.encoded = encoded;
        this.cursor = new ColumnCursor(row);
        this.names = names(row.fields());
        this.tail = tail.clone();
        out.write(head);
        this.headLength = out.size();
    }

    /**
     * Makes a writer of structs of the schema, with nothing around them.
     *
     * @param encoded see {@link #schema}
     */
    public static JsonRowWriter plain(JsonConverter converter, String topic, Schema encoded, Schema row) {
        return new JsonRowWriter(converter, topic, encoded, row, ascii("{"), ascii("}"));
    }

    /**
     * Makes a writer of one member of an envelope.
     *
     * @param encoded see {@link #schema}
     * @param frame everything else of the envelope
     */
    public static JsonRowWriter framed(
            JsonConverter converter, String topic, Schema encoded, Struct frame, String member) {
        ByteSink head = new ByteSink();
        ByteSink tail = new ByteSink();
        ByteSink side = head;
        side.write('{');
        for (Field field : frame.schema().fields()) {
            if (field.index() > 0) {
                side.write(',');
            }
            writeName(field.name(), side);
            if (field.name().equals(member)) {
                side.write('{');
                side = tail;
                side.write('}');
            } else {
                side.write(converter.fromConnectData(topic, field.schema(), frame.getWithoutDefault(field.name())));
            }
        }
        side.write('}');
        Schema row = frame.schema().field(member).schema();
        return new JsonRowWriter(converter, topic, encoded, row, head.toByteArray(), tail.toByteArray());
    }

    private static byte[][] names(List<Field> fields) {
        byte[][] names = new byte[fields.size()][];
        for (Field field : fields) {
            ByteSink name = new ByteSink();
            if (field.index() > 0) {
                name.write(',');
            }
            writeName(field.name(), name);
            names[field.index()] = name.toByteArray();
        }
        return names;
    }

    private static void writeName(String name, ByteSink out) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        JsonText.write(utf8, 0, utf8.length, out);
        out.write(':');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Schema schema() {
        return encoded;
    }

    @Override
    public void begin() {
        out.cut(headLength);
        cursor.reset();
    }

    @Override
    public void writeNull() {
        int index = cursor.pass();
        // the same refusal as the converter's, where a default does not stand in
        if (!cursor.field(index).schema().isOptional()) {
            throw cursor.refused(index, "must not be null");
        }
        out.write(names[index]);
        out.write(NULL);
    }

    @Override
    public void writeBoolean(boolean value) {
        out.write(names[cursor.pass(Schema.Type.BOOLEAN)]);
        out.write(value ? TRUE : FALSE);
    }

    @Override
    public void writeInt(int value) {
        out.write(names[cursor.pass(Schema.Type.INT32)]);
        out.writeDigits(value);
    }

    @Override
    public void writeLong(long value) {
        out.write(names[cursor.pass(Schema.Type.INT64)]);
        out.writeDigits(value);
    }

    @Override
    public void writeFloat(float value) {
        out.write(names[cursor.pass(Schema.Type.FLOAT32)]);
        writeFloating(Float.toString(value), Float.isFinite(value));
    }

    @Override
    public void writeDouble(double value) {
        out.write(names[cursor.pass(Schema.Type.FLOAT64)]);
        writeFloating(Double.toString(value), Double.isFinite(value));
    }

    /** JSON has no number for NaN and the infinities. */
    private void writeFloating(String text, boolean finite) {
        if (finite) {
            out.writeAscii(text);
        } else {
            out.write('"');
            out.writeAscii(text);
            out.write('"');
        }
    }

    @Override
    public void writeText(byte[] utf8, int offset, int length) {
        out.write(names[cursor.pass(Schema.Type.STRING)]);
        JsonText.write(utf8, offset, length, out);
    }

    @Override
    public void writeBytes(byte[] bytes, int offset, int length) {
        out.write(names[cursor.pass(Schema.Type.BYTES)]);
        JsonText.writeBase64(bytes, offset, length, out);
    }

    @Override
    public void write(@Nullable Object value) {
        if (value == null) {
            writeNull();
            return;
        }
        int index = cursor.pass();
        out.write(names[index]);
        out.write(converter.fromConnectData(topic, cursor.field(index).schema(), value));
    }

    @Override
    public byte[] finish() {
        cursor.end();
        out.write(tail);
        byte[] row = out.toByteArray();
        begin();
        return row;
    }
}
