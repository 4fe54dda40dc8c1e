package io.millrace.http.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.regex.Pattern;

/** Points in time: ISO 8601 (UTC unless it names a zone), a date alone, or seconds or milliseconds since 1970. */
final class Times {
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("uuuu-MM-dd['T'][' ']['_']HH:mm[:ss]")
            .appendOptional(new DateTimeFormatterBuilder()
                    .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, 1, 9, true)
                    .toFormatter())
            .appendPattern("[ ][XXX][XX][X]")
            .toFormatter()
            .withResolverStyle(java.time.format.ResolverStyle.STRICT);
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,15}(\\.[0-9]{0,9})?");
    /** Numbers past this are milliseconds, as in Pydantic. */
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(20_000_000_000L);

    private static final BigDecimal MOST = BigDecimal.valueOf(253_402_300_799_999L);

    private Times() {}

    static Optional<Object> time(JsonNode input, Reading at) {
        if (input.isNumber()) {
            return sinceEpoch(input.decimalValue(), input, at);
        }
        if (!input.isTextual()) {
            return at.refuse("datetime_type", "Input should be a valid datetime", input);
        }
        String text = input.textValue().strip();
        if (NUMBER.matcher(text).matches()) {
            return sinceEpoch(new BigDecimal(text), input, at);
        }
        try {
            return Optional.of(parse(text));
        } catch (DateTimeException e) {
            String error = whyNoDate(text);
            return at.refuse(
                    "datetime_from_date_parsing",
                    "Input should be a valid datetime or date, " + error,
                    input,
                    "error",
                    error);
        }
    }

    private static Instant parse(String text) {
        if (text.length() == "2026-01-15".length()) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        TemporalAccessor parsed = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
    }

    private static Optional<Object> sinceEpoch(BigDecimal value, JsonNode input, Reading at) {
        // Compared before anything is computed: a number such as 1e999999999 must not be written out.
        if (value.abs().compareTo(MOST) > 0) {
            String error = "dates after 9999 are not supported as unix timestamps";
            return at.refuse("datetime_parsing", "Input should be a valid datetime, " + error, input, "error", error);
        }
        BigDecimal millis = value.abs().compareTo(MOST_SECONDS) > 0 ? value : value.movePointRight(3);
        return Optional.of(Instant.ofEpochMilli(millis.longValue()));
    }

    private static String whyNoDate(String text) {
        if (text.length() < "2026-01-15".length()) {
            return "input is too short";
        }
        if (!digits(text, 0, 4)) {
            return "invalid character in year";
        }
        if (text.charAt(4) != '-' || (digits(text, 5, 7) && text.charAt(7) != '-')) {
            return "invalid date separator, expected `-`";
        }
        if (!digits(text, 5, 7)) {
            return "invalid character in month";
        }
        if (!digits(text, 8, 10)) {
            return "invalid character in day";
        }
        int month = Integer.parseInt(text.substring(5, 7));
        if (month < 1 || month > 12) {
            return "month value is outside expected range of 1-12";
        }
        int day = Integer.parseInt(text.substring(8, 10));
        int days = YearMonth.of(Integer.parseInt(text.substring(0, 4)), month).lengthOfMonth();
        return day < 1 || day > days
                ? "day value is outside expected range"
                : "unexpected extra characters at the end of the input";
    }

    private static boolean digits(String text, int from, int to) {
        return text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
