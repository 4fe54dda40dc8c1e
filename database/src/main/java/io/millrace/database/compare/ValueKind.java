package io.millrace.database.compare;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/** What the values of a column mean, by which two texts of different products are found to be the same. */
public sealed interface ValueKind {
    /** Returns the text that all texts of one value have in common; a text that is none of this kind stays as it is. */
    String canonical(String text);

    /** Returns whether the values of both have one order, each read as what it is. */
    boolean ordersLike(ValueKind other);

    /** Kinds without parts. */
    enum Plain implements ValueKind {
        /** Exact numbers. */
        NUMBER("number"),
        FLOAT32("number"),
        FLOAT64("number"),
        BOOLEAN("number"),
        TEXT("text"),
        /** Text whose blanks at the end do not count. */
        PADDED("text"),
        /** Bytes as hexadecimal digits. */
        BYTES("bytes"),
        /** Strings of the digits 0 and 1; zeros in front do not count, since records do not tell them. */
        BITS("text"),
        DATE("date"),
        TIME("time"),
        /** A time of day with an offset; the same moment of the day is the same. */
        TIME_ZONED("zoned"),
        TIMESTAMP("moment"),
        /** A moment, in UTC where it does not say. */
        INSTANT("moment"),
        /** Compared by length: records carry nothing else of an interval. */
        INTERVAL("interval"),
        UUID("text"),
        JSON("json"),
        /** An address of a network; the longest mask may be left out. */
        NETWORK("text");

        private static final Set<String> TRUE = Set.of("t", "true", "1");
        private static final Set<String> FALSE = Set.of("f", "false", "0");

        private final String order;

        Plain(String order) {
            this.order = order;
        }

        @Override
        public boolean ordersLike(ValueKind other) {
            return other instanceof Plain plain && plain.order.equals(order);
        }

        @Override
        public String canonical(String text) {
            try {
                return switch (this) {
                    case NUMBER -> number(text);
                    case FLOAT32 -> Integer.toHexString(Float.floatToIntBits(Float.parseFloat(floating(text))));
                    case FLOAT64 -> Long.toHexString(Double.doubleToLongBits(Double.parseDouble(floating(text))));
                    case BOOLEAN -> truth(text);
                    case TEXT -> text;
                    case BITS -> text.replaceFirst("^0+", "");
                    case PADDED -> withoutBlanks(text);
                    case BYTES, UUID -> text.toLowerCase(Locale.ROOT);
                    case DATE -> MomentText.day(text);
                    case TIME -> MomentText.time(text);
                    case TIME_ZONED -> MomentText.zonedTime(text);
                    case TIMESTAMP, INSTANT -> MomentText.moment(text);
                    case INTERVAL -> MomentText.interval(text);
                    case JSON -> JsonValues.canonical(text);
                    case NETWORK -> text.replaceFirst(text.indexOf(':') < 0 ? "/32$" : "/128$", "");
                };
            } catch (IllegalArgumentException | ArithmeticException e) {
                // Not of this kind after all: then the text itself is what is compared.
                return '?' + text;
            }
        }

        private static String number(String text) {
            String word = text.toLowerCase(Locale.ROOT);
            if (TRUE.contains(word) || FALSE.contains(word)) {
                return truth(text);
            }
            if (word.equals("nan") || word.contains("inf")) {
                return floating(text);
            }
            BigDecimal number = new BigDecimal(text);
            BigDecimal bare = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
            return bare.scale() < 0 && bare.scale() > -40 ? bare.toPlainString() : bare.toString();
        }

        private static String truth(String text) {
            String word = text.toLowerCase(Locale.ROOT);
            return TRUE.contains(word) ? "1" : FALSE.contains(word) ? "0" : "?" + text;
        }

        private static String floating(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "nan" -> "NaN";
                case "inf", "infinity", "+infinity" -> "Infinity";
                case "-inf", "-infinity" -> "-Infinity";
                default -> text;
            };
        }

        private static String withoutBlanks(String text) {
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == ' ') {
                end--;
            }
            return text.substring(0, end);
        }
    }

    /** A list of values, given as a JSON array, each of which may be null or a list again. */
    record Array(Plain element) implements ValueKind {
        @Override
        public String canonical(String text) {
            return JsonValues.array(text, element);
        }

        @Override
        public boolean ordersLike(ValueKind other) {
            return false;
        }
    }
}
