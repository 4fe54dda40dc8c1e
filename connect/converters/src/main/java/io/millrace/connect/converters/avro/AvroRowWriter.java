package io.millrace.connect.converters.avro;

import io.millrace.connect.converters.row.ByteSink;
import io.millrace.connect.converters.row.ColumnCursor;
import io.millrace.connect.converters.row.EncodedSchema;
import io.millrace.connect.converters.row.RowWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalInt;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Rows in the wire format, by the plan that structs of the same schema are written by. */
final class AvroRowWriter implements RowWriter {
    /** The bytes name their schema themselves. */
    private static final Schema ENCODED = EncodedSchema.of(OptionalInt.empty());

    /** In place of a union's branch for a column that is no union. */
    private static final int NO_UNION = -1;

    private final StructWriter row;
    private final ColumnCursor cursor;
    private final int[] valueBranches;
    private final byte[] tail;
    private final int headLength;
    private final ByteSink out = new ByteSink();
    private final BinaryEncoder general = EncoderFactory.get().directBinaryEncoder(out, null);

    private AvroRowWriter(StructWriter row, byte[] head, byte[] tail) {
        this.row = row;
        this.cursor = new ColumnCursor(row.schema());
        this.valueBranches = row.members().stream()
                .mapToInt(
                        member -> member.writer() instanceof OptionalWriter optional ? optional.valueIndex() : NO_UNION)
                .toArray();
        this.tail = tail.clone();
        out.write(head);
        this.headLength = out.size();
    }

    static AvroRowWriter plain(int id, StructWriter row) {
        return new AvroRowWriter(row, header(id).toByteArray(), new byte[0]);
    }

    static AvroRowWriter framed(int id, StructWriter envelope, Struct frame, String member) {
        ByteSink head = header(id);
        ByteSink tail = new ByteSink();
        BinaryEncoder before = EncoderFactory.get().directBinaryEncoder(head, null);
        BinaryEncoder behind = EncoderFactory.get().directBinaryEncoder(tail, null);
        StructWriter row = null;
        try {
            for (StructWriter.Member one : envelope.members()) {
                if (one.field().name().equals(member)) {
                    row = rowOf(one, before);
                } else {
                    one.write(frame, row == null ? before : behind);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("An array takes all bytes", e);
        }
        if (row == null) {
            throw new DataException("The envelope has no member " + member);
        }
        return new AvroRowWriter(row, head.toByteArray(), tail.toByteArray());
    }

    private static ByteSink header(int id) {
        byte[] header = new byte[WireFormat.HEADER];
        WireFormat.writeHeader(header, id);
        ByteSink sink = new ByteSink();
        sink.write(header);
        return sink;
    }

    private static StructWriter rowOf(StructWriter.Member member, BinaryEncoder before) throws IOException {
        ValueWriter writer = member.writer();
        if (writer instanceof OptionalWriter optional) {
            before.writeIndex(optional.valueIndex());
            writer = optional.required();
        }
        if (writer instanceof StructWriter struct) {
            return struct;
        }
        throw new DataException("Member " + member.field().name() + " of the envelope is no struct");
    }

    @Override
    public Schema schema() {
        return ENCODED;
    }

    @Override
    public void begin() {
        out.cut(headLength);
        cursor.reset();
    }

    @Override
    public void writeNull() {
        int index = cursor.pass();
        Schema schema = cursor.field(index).schema();
        write(index, schema.isOptional() ? null : schema.defaultValue());
    }

    @Override
    public void writeBoolean(boolean value) {
        beginValue(Schema.Type.BOOLEAN);
        out.write(value ? 1 : 0);
    }

    @Override
    public void writeInt(int value) {
        beginValue(Schema.Type.INT32);
        out.writeZigZag(value);
    }

    @Override
    public void writeLong(long value) {
        beginValue(Schema.Type.INT64);
        out.writeZigZag(value);
    }

    @Override
    public void writeFloat(float value) {
        beginValue(Schema.Type.FLOAT32);
        writeLowestFirst(Float.floatToRawIntBits(value), Float.BYTES);
    }

    @Override
    public void writeDouble(double value) {
        beginValue(Schema.Type.FLOAT64);
        writeLowestFirst(Double.doubleToRawLongBits(value), Double.BYTES);
    }

    private void writeLowestFirst(long bits, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (bits >> (Byte.SIZE * i)));
        }
    }

    @Override
    public void writeText(byte[] utf8, int offset, int length) {
        beginValue(Schema.Type.STRING);
        out.writeZigZag(length);
        out.write(utf8, offset, length);
    }

    @Override
    public void writeBytes(byte[] bytes, int offset, int length) {
        beginValue(Schema.Type.BYTES);
        out.writeZigZag(length);
        out.write(bytes, offset, length);
    }

    private void beginValue(Schema.Type type) {
        int branch = valueBranches[cursor.pass(type)];
        if (branch != NO_UNION) {
            out.writeZigZag(branch);
        }
    }

    @Override
    public void write(@Nullable Object value) {
        if (value == null) {
            writeNull();
        } else {
            write(cursor.pass(), value);
        }
    }

    private void write(int index, @Nullable Object value) {
        try {
            row.members().get(index).writer().write(value, general);
        } catch (DataException | ClassCastException e) {
            throw cursor.refused(index, "cannot be written: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("An array takes all bytes", e);
        }
    }

    @Override
    public byte[] finish() {
        cursor.end();
        out.write(tail);
        byte[] bytes = out.toByteArray();
        begin();
        return bytes;
    }
}
