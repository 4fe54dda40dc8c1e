package io.millrace.system;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The two text formats that Prometheus reads. */
enum Exposition {
    /** Prometheus text format 0.0.4, what is sent to everyone who does not ask for the other one. */
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
    /** OpenMetrics 1.0. */
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String mediaType;

    Exposition(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Returns the format that a client accepts. */
    static Exposition accepted(String accept) {
        return accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
    }

    String mediaType() {
        return mediaType;
    }

    String text(List<Family> families) {
        StringBuilder out = new StringBuilder();
        for (Family family : families) {
            String sample = family.name() + (family.type() == Family.Type.COUNTER ? "_total" : "");
            // OpenMetrics names the family, the older format its samples.
            String name = this == OPEN_METRICS ? family.name() : sample;
            out.append("# HELP ").append(name).append(' ').append(family.help()).append('\n');
            out.append("# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(family.type().name().toLowerCase(Locale.ROOT))
                    .append('\n');
            family.samples().forEach(one -> out.append(sample)
                    .append(labels(one))
                    .append(' ')
                    .append(number(one.value()))
                    .append('\n'));
        }
        if (this == OPEN_METRICS) {
            out.append("# EOF\n");
        }
        return out.toString();
    }

    private static String labels(Family.Sample sample) {
        return sample.labels().isEmpty()
                ? ""
                : new TreeMap<>(sample.labels())
                        .entrySet().stream()
                                .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
