package io.millrace.connect.converters.row;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one record after another, each column by column in the order of the schema. For one thread.
 *
 * <p>The typed calls take what the Connect type of the column holds behind any logical type: days as an int, say, or the
 * two's complement of a decimal as bytes. A call that does not fit the column is refused with a {@link DataException}
 * that names it; {@link #begin} then starts over.
 */
public interface RowWriter {
    /** Returns the schema that a converter has to be handed the bytes of all records with; always the same object. */
    Schema schema();

    /** Starts a record, whatever was written since the last {@link #finish}. */
    void begin();

    /** Writes null; in a column that must hold a value its default, if it has one. */
    void writeNull();

    /** Writes a value of type BOOLEAN. */
    void writeBoolean(boolean value);

    /** Writes a value of type INT8, INT16 or INT32, which must be in its range. */
    void writeInt(int value);

    /** Writes a value of type INT64. */
    void writeLong(long value);

    /** Writes a value of type FLOAT32. */
    void writeFloat(float value);

    /** Writes a value of type FLOAT64. */
    void writeDouble(double value);

    /** Writes a value of type STRING that is valid UTF-8 already. */
    void writeText(byte[] utf8, int offset, int length);

    /** Writes a value of type BYTES. */
    void writeBytes(byte[] bytes, int offset, int length);

    /** Writes any value as Connect has it for the column's schema, null included. */
    void write(@Nullable Object value);

    /**
     * Ends the record and starts the next.
     *
     * @return the record's bytes, the caller's to keep
     * @throws DataException if columns are missing
     */
    byte[] finish();
}
