package io.millrace.connect.converters.avro;

import java.nio.ByteBuffer;
import org.apache.kafka.connect.errors.DataException;

/** The five bytes before each record: a zero, and the id of its schema with the highest byte first. */
final class WireFormat {
    static final int HEADER = 5;

    private static final byte MAGIC = 0;

    private WireFormat() {}

    static void writeHeader(byte[] record, int id) {
        ByteBuffer.wrap(record).put(MAGIC).putInt(id);
    }

    /**
     * Returns the schema id of a record.
     *
     * @throws DataException if the bytes do not start as the format says
     */
    static int readId(byte[] record) {
        if (record.length < HEADER || record[0] != MAGIC) {
            throw new DataException("The record is not in the Confluent wire format: "
                    + (record.length < HEADER
                            ? "it has " + record.length + " bytes only"
                            : "its first byte is " + record[0] + ", not 0")
                    + "; is it JSON, or was it written by another converter?");
        }
        return ByteBuffer.wrap(record).getInt(1);
    }
}
