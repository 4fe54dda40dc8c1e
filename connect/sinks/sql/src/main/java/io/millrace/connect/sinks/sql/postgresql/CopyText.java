package io.millrace.connect.sinks.sql.postgresql;

import io.millrace.connect.sinks.row.Infinite;
import io.millrace.connect.sinks.row.Times;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values in the text form of COPY.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2">COPY, text format</a>
 */
final class CopyText {
    private static final int YEAR_DIGITS = 4;

    private CopyText() {}

    /** Adds a line for a row. */
    static void line(StringBuilder to, @Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                to.append('\t');
            }
            Object value = values[i];
            if (value == null) {
                to.append("\\N");
            } else if (value instanceof Number || value instanceof Boolean) {
                to.append(plain(value));
            } else {
                escape(to, plain(value));
            }
        }
        to.append('\n');
    }

    private static void escape(StringBuilder to, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> to.append("\\\\");
                case '\n' -> to.append("\\n");
                case '\r' -> to.append("\\r");
                case '\t' -> to.append("\\t");
                default -> to.append(c);
            }
        }
    }

    /** Returns a value in the form that its type reads. */
    static String plain(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof LocalDate day) {
            return day(day);
        }
        if (value instanceof LocalDateTime moment) {
            return moment(moment, "");
        }
        if (value instanceof OffsetDateTime moment) {
            return moment(moment.toLocalDateTime(), zone(moment.getOffset()));
        }
        if (value instanceof OffsetTime time) {
            return Times.text(Duration.ofNanos(time.toLocalTime().toNanoOfDay())) + zone(time.getOffset());
        }
        if (value instanceof Duration time) {
            return Times.text(time);
        }
        if (value instanceof List<?> values) {
            StringBuilder array = new StringBuilder();
            array(array, values);
            return array.toString();
        }
        return value instanceof Infinite infinite ? infinite.toString() : String.valueOf(value);
    }

    private static String moment(LocalDateTime moment, String zone) {
        StringBuilder text = new StringBuilder();
        appendDay(text, moment.toLocalDate());
        text.append(' ');
        Times.append(text, Duration.ofNanos(moment.toLocalTime().toNanoOfDay()));
        text.append(zone);
        return era(text, moment.toLocalDate());
    }

    private static String day(LocalDate day) {
        StringBuilder text = new StringBuilder();
        appendDay(text, day);
        return era(text, day);
    }

    /** Years before the first are counted from it backwards, and there was no year 0. */
    private static void appendDay(StringBuilder to, LocalDate day) {
        Times.appendPadded(to, day.getYear() > 0 ? day.getYear() : 1L - day.getYear(), YEAR_DIGITS);
        to.append('-');
        Times.appendPadded(to, day.getMonthValue(), 2);
        to.append('-');
        Times.appendPadded(to, day.getDayOfMonth(), 2);
    }

    private static String era(StringBuilder text, LocalDate day) {
        return day.getYear() > 0 ? text.toString() : text.append(" BC").toString();
    }

    private static String zone(ZoneOffset offset) {
        return offset.equals(ZoneOffset.UTC) ? "+00" : offset.getId();
    }

    private static void array(StringBuilder to, List<?> values) {
        to.append('{');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                to.append(',');
            }
            Object value = values.get(i);
            if (value == null) {
                to.append("NULL");
            } else if (value instanceof List<?> inner) {
                array(to, inner);
            } else {
                to.append('"')
                        .append(plain(value).replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            }
        }
        to.append('}');
    }
}
