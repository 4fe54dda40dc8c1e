package io.millrace.connect.sinks.files.format;

import io.millrace.connect.sinks.row.ColumnType;
import io.millrace.connect.sinks.row.ColumnType.Plain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Rows as records of Avro, compressed block by block. */
final class AvroFile implements RowFile {
    private static final int GZIP_LEVEL = 6;
    private static final int ZSTD_LEVEL = 3;

    private final Schema schema;
    private final DataFileWriter<GenericRecord> writer;

    AvroFile(List<Part> parts, Target target) throws IOException {
        schema = AvroTypes.record("Row", parts);
        writer = new DataFileWriter<>(new GenericDatumWriter<>(schema));
        writer.setCodec(codec(target.compression()));
        writer.create(schema, new Unclosed(target.out()));
    }

    private static CodecFactory codec(Compression compression) {
        return switch (compression) {
            case NONE -> CodecFactory.nullCodec();
            case GZIP -> CodecFactory.deflateCodec(GZIP_LEVEL);
            case SNAPPY -> CodecFactory.snappyCodec();
            case ZSTD -> CodecFactory.zstandardCodec(ZSTD_LEVEL);
        };
    }

    @Override
    public void append(List<Part> parts, @Nullable Object[] row) throws IOException, UnfitException {
        GenericRecord made = made(schema, parts, row);
        try {
            writer.append(made);
        } catch (DataFileWriter.AppendWriteException e) {
            throw new UnfitException("The row cannot be written as Avro: " + e.getMessage(), e);
        }
    }

    private static GenericRecord made(Schema schema, List<Part> parts, @Nullable Object[] row) throws UnfitException {
        GenericRecord made = new GenericData.Record(schema);
        for (int i = 0; i < row.length; i++) {
            Object value = row[i];
            if (value != null) {
                made.put(
                        i,
                        parts.get(i).content() instanceof Part.Row inner
                                ? made(
                                        schema.getFields()
                                                .get(i)
                                                .schema()
                                                .getTypes()
                                                .get(1),
                                        inner.parts(),
                                        (Object[]) value)
                                : value(((Part.Value) parts.get(i).content()).type(), value));
            }
        }
        return made;
    }

    private static Object value(ColumnType type, Object value) throws UnfitException {
        if (type instanceof ColumnType.Decimal decimal) {
            return ByteBuffer.wrap(Numbers.unscaled(decimal, value).toByteArray());
        }
        if (type instanceof ColumnType.Array array) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (Object element : (List<?>) value) {
                elements.add(element == null ? null : value(array.element(), element));
            }
            return elements;
        }
        return type instanceof Plain plain ? plain(plain, value) : Numbers.text(value);
    }

    private static Object plain(Plain type, Object value) throws UnfitException {
        return switch (type) {
            case BOOLEAN, INT32, INT64, FLOAT32, FLOAT64 -> value;
            case INT16 -> ((Short) value).intValue();
            case BYTES -> ByteBuffer.wrap((byte[]) value);
            case DATE -> Numbers.day(value);
            case TIME -> Numbers.time(value);
            case TIMESTAMP, TIMESTAMP_ZONED -> Numbers.moment(value);
            case NUMBER, TEXT, TIME_ZONED, UUID, JSON, JSON_BINARY, XML, INTERVAL -> Numbers.text(value);
        };
    }

    /** A block, which is as good as nothing. */
    @Override
    public long held() {
        return 0;
    }

    @Override
    public void finish() throws IOException {
        writer.close();
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            // The file is given up anyway.
        }
    }
}
