package io.millrace.connect.converters.avro;

import io.millrace.connect.converters.row.RowWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/** Writes values of one schema under one id. Thread-safe; each thread keeps a buffer. */
public final class RecordWriter {
    /** A buffer that grew beyond this for one large record is given back, in bytes. */
    private static final int KEPT = 1 << 20;

    private static final ThreadLocal<Buffer> BUFFERS = ThreadLocal.withInitial(Buffer::new);

    private final int id;
    private final Encoding encoding;

    RecordWriter(int id, Encoding encoding) {
        this.id = id;
        this.encoding = encoding;
    }

    /** Returns the id of the schema in the registry. */
    public int id() {
        return id;
    }

    /**
     * Returns the record in the wire format.
     *
     * @throws DataException if the value is not of the schema; the message names the field
     */
    public byte[] write(Object value) {
        Buffer buffer = BUFFERS.get();
        boolean done = false;
        try {
            byte[] record = buffer.encode(encoding.writer(), value);
            WireFormat.writeHeader(record, id);
            done = true;
            return record;
        } catch (IOException | ClassCastException e) {
            throw new DataException("A value is not of its schema: " + e.getMessage(), e);
        } finally {
            if (!done || buffer.isLarge()) {
                BUFFERS.remove();
            }
        }
    }

    /** Returns a writer of structs, column by column. Each thread needs one of its own. */
    public RowWriter rows() {
        return AvroRowWriter.plain(id, structWriter());
    }

    /**
     * Returns a writer of one member of an envelope, column by column. Each thread needs one of its own.
     *
     * @param frame everything else of the envelope
     * @throws DataException if the frame is not of the schema
     */
    public RowWriter rows(Struct frame, String member) {
        return AvroRowWriter.framed(id, structWriter(), frame, member);
    }

    private StructWriter structWriter() {
        if (encoding.writer() instanceof StructWriter struct) {
            return struct;
        }
        throw new DataException("Only structs have columns; this schema is of another type");
    }

    private static final class Buffer extends ByteArrayOutputStream {
        private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(this, null);

        byte[] encode(ValueWriter writer, Object value) throws IOException {
            count = WireFormat.HEADER;
            writer.write(value, encoder);
            encoder.flush();
            return Arrays.copyOf(buf, count);
        }

        boolean isLarge() {
            return buf.length > KEPT;
        }
    }
}
