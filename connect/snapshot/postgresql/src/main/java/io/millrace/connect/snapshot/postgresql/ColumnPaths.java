package io.millrace.connect.snapshot.postgresql;

import io.debezium.connector.postgresql.PostgresType;
import io.debezium.time.Date;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.Timestamp;
import io.debezium.time.ZonedTimestamp;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/**
 * Short ways for the pairs of database type and Connect schema that are common. Where a value is uncommon (a date BC, an
 * infinity, a NaN) it takes the way over Debezium, and so do all pairs that are not named here.
 */
final class ColumnPaths {
    /** Types whose text is their value. */
    private static final Set<Integer> TEXTS =
            Set.of(Oid.TEXT, Oid.VARCHAR, Oid.BPCHAR, Oid.UUID, Oid.JSON, Oid.JSONB, Oid.INET, Oid.CIDR, Oid.MACADDR);

    private static final int BYTEA_PREFIX = 2;
    private static final int OFFSET = 3;

    private ColumnPaths() {}

    /**
     * Returns the way of a column.
     *
     * @param isMapped whether the connector's settings change the values of the column
     * @param utf8 whether texts that come from the server are valid UTF-8
     * @param fraction digits of a second's fraction that a zoned timestamp has; others than 1 to 6: as many as it needs
     */
    static ColumnPath of(
            PostgresType type, Schema schema, boolean isMapped, boolean utf8, int fraction, ColumnPath otherwise) {
        if (isMapped) {
            return otherwise;
        }
        boolean named = schema.name() != null;
        return switch (schema.type()) {
            case BOOLEAN -> type.getOid() == Oid.BOOL && !named ? bool() : otherwise;
            case INT16, INT32 -> small(type.getOid(), schema.name(), otherwise);
            case INT64 -> large(type.getOid(), schema.name(), otherwise);
            case FLOAT32 -> type.getOid() == Oid.FLOAT4 && !named ? real() : otherwise;
            case FLOAT64 -> type.getOid() == Oid.FLOAT8 && !named ? doublePrecision() : otherwise;
            case STRING -> {
                if (ZonedTimestamp.SCHEMA_NAME.equals(schema.name())) {
                    yield type.getOid() == Oid.TIMESTAMPTZ ? zonedTimestamp(fraction, otherwise) : otherwise;
                }
                boolean isText = TEXTS.contains(type.getOid()) || type.isEnumType();
                yield isText && utf8 ? text() : otherwise;
            }
            case BYTES -> bytes(type.getOid(), schema, otherwise);
            default -> otherwise;
        };
    }

    private static ColumnPath bool() {
        return (bytes, start, length, out) -> out.writeBoolean(bytes[start] == 't');
    }

    private static ColumnPath text() {
        return (bytes, start, length, out) -> out.writeText(bytes, start, length);
    }

    private static ColumnPath real() {
        return (bytes, start, length, out) ->
                out.writeFloat(Float.parseFloat(new String(bytes, start, length, StandardCharsets.ISO_8859_1)));
    }

    private static ColumnPath doublePrecision() {
        return (bytes, start, length, out) -> out.writeDouble(NumberText.floating(bytes, start, length));
    }

    private static ColumnPath small(int oid, @Nullable String name, ColumnPath otherwise) {
        if ((oid == Oid.INT2 || oid == Oid.INT4) && name == null) {
            return (bytes, start, length, out) -> out.writeInt((int) NumberText.whole(bytes, start, length));
        }
        if (oid == Oid.DATE && Date.SCHEMA_NAME.equals(name)) {
            return (bytes, start, length, out) -> {
                long day = IsoText.epochDay(bytes, start, length);
                if (day == IsoText.UNCOMMON) {
                    otherwise.write(bytes, start, length, out);
                } else {
                    out.writeInt((int) day);
                }
            };
        }
        return otherwise;
    }

    private static ColumnPath large(int oid, @Nullable String name, ColumnPath otherwise) {
        if ((oid == Oid.INT8 || oid == Oid.OID) && name == null) {
            return (bytes, start, length, out) -> out.writeLong(NumberText.whole(bytes, start, length));
        }
        if (oid == Oid.TIMESTAMP && MicroTimestamp.SCHEMA_NAME.equals(name)) {
            return timestamp(1, otherwise);
        }
        if (oid == Oid.TIMESTAMP && Timestamp.SCHEMA_NAME.equals(name)) {
            return timestamp(1000, otherwise);
        }
        return otherwise;
    }

    private static ColumnPath timestamp(long unitMicros, ColumnPath otherwise) {
        return (bytes, start, length, out) -> {
            long micros = IsoText.epochMicros(bytes, start, length);
            if (micros == IsoText.UNCOMMON) {
                otherwise.write(bytes, start, length, out);
            } else {
                out.writeLong(Math.floorDiv(micros, unitMicros));
            }
        };
    }

    private static ColumnPath bytes(int oid, Schema schema, ColumnPath otherwise) {
        if (oid == Oid.BYTEA && schema.name() == null) {
            return bytea();
        }
        if (oid == Oid.NUMERIC && Decimal.LOGICAL_NAME.equals(schema.name())) {
            Map<String, String> parameters = schema.parameters();
            return decimal(Integer.parseInt(parameters.get(Decimal.SCALE_FIELD)), otherwise);
        }
        return otherwise;
    }

    /** Two hexadecimal digits for each byte, behind {@code \x}. */
    private static ColumnPath bytea() {
        return (bytes, start, length, out) -> {
            byte[] decoded = new byte[(length - BYTEA_PREFIX) / 2];
            int at = start + BYTEA_PREFIX;
            for (int i = 0; i < decoded.length; i++) {
                decoded[i] = (byte) (Character.digit(bytes[at++], 16) << 4 | Character.digit(bytes[at++], 16));
            }
            out.writeBytes(decoded, 0, decoded.length);
        };
    }

    private static ColumnPath decimal(int scale, ColumnPath otherwise) {
        byte[] twosComplement = new byte[Long.BYTES];
        return (bytes, start, length, out) -> {
            if (!NumberText.isPlain(bytes, start, length) || NumberText.scale(bytes, start, length) != scale) {
                otherwise.write(bytes, start, length, out);
            } else if (length <= NumberText.LONG_DIGITS) {
                long unscaled = NumberText.unscaled(bytes, start, length);
                int size = bytesOf(unscaled);
                for (int i = size - 1; i >= 0; i--) {
                    twosComplement[i] = (byte) unscaled;
                    unscaled >>= Byte.SIZE;
                }
                out.writeBytes(twosComplement, 0, size);
            } else {
                byte[] unscaled = new BigDecimal(new String(bytes, start, length, StandardCharsets.ISO_8859_1))
                        .unscaledValue()
                        .toByteArray();
                out.writeBytes(unscaled, 0, unscaled.length);
            }
        };
    }

    /** Returns the fewest bytes that hold a number and its sign. */
    private static int bytesOf(long number) {
        int signBits = Long.numberOfLeadingZeros(number < 0 ? ~number : number);
        return (Long.SIZE - signBits) / Byte.SIZE + 1;
    }

    /** From {@code 2026-01-15 10:30:00.5+00} to {@code 2026-01-15T10:30:00.500Z}, by the digits that are wanted. */
    private static ColumnPath zonedTimestamp(int fraction, ColumnPath otherwise) {
        byte[] iso = new byte[IsoText.SECONDS + 8];
        return (bytes, start, length, out) -> {
            int local = length - OFFSET;
            if (!isUtc(bytes, start + local) || IsoText.epochMicros(bytes, start, local) == IsoText.UNCOMMON) {
                otherwise.write(bytes, start, length, out);
                return;
            }
            System.arraycopy(bytes, start, iso, 0, local);
            iso[IsoText.DATE] = 'T';
            int end = local;
            if (fraction >= 1 && fraction <= 6) {
                if (end == IsoText.SECONDS) {
                    iso[end++] = '.';
                }
                int wanted = IsoText.SECONDS + 1 + fraction;
                while (end < wanted) {
                    iso[end++] = '0';
                }
                end = wanted;
            }
            iso[end++] = 'Z';
            out.writeText(iso, 0, end);
        };
    }

    private static boolean isUtc(byte[] bytes, int start) {
        return bytes[start] == '+' && bytes[start + 1] == '0' && bytes[start + 2] == '0';
    }
}
