package io.millrace.connect.sinks.httpsink;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the header {@code Retry-After}: seconds, or the date of HTTP. */
final class RetryAfter {
    /** An endpoint that wants to be left alone for longer is asked again after that. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private RetryAfter() {}

    static Optional<Duration> read(String value, Instant now) {
        String text = value.strip();
        try {
            Duration wait = text.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
            return Optional.of(wait.compareTo(LONGEST) > 0 ? LONGEST : wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
