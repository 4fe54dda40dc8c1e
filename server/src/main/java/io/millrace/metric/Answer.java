package io.millrace.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Figures as clients read them.
 *
 * @param data a value or a series by the name of each figure
 * @param metadata readable name and unit by the name of each figure
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Answer(Map<String, Object> data, Map<String, Reported.Metadata> metadata) {
    private static final DateTimeFormatter POINT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    public Answer {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Returns a time as points of series have it. */
    public static String time(Instant at) {
        return POINT.format(at);
    }

    /** A value at a time. */
    public record Point(String timestamp, Object value) {
        /** Returns the value at a time. */
        public static Point of(Instant at, Object value) {
            return new Point(time(at), value);
        }
    }
}
