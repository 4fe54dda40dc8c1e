package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private static final List<Family> FAMILIES = List.of(
            new Family(
                    "millrace_records",
                    Family.Type.COUNTER,
                    "Records",
                    List.of(new Family.Sample(Map.of("a", "x\"\\\n"), 3))),
            Family.of("millrace_age_seconds", Family.Type.GAUGE, "Age", 1.5));

    @Test
    void namesSamplesForPrometheus() {
        assertThat(Exposition.accepted("*/*").text(FAMILIES))
                .isEqualTo(
                        """
                        # HELP millrace_records_total Records
                        # TYPE millrace_records_total counter
                        millrace_records_total{a="x\\"\\\\\\n"} 3
                        # HELP millrace_age_seconds Age
                        # TYPE millrace_age_seconds gauge
                        millrace_age_seconds 1.5
                        """);
    }

    @Test
    void namesFamiliesForOpenMetricsAndSaysWhereItEnds() {
        Exposition format = Exposition.accepted("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

        assertThat(format.mediaType()).startsWith("application/openmetrics-text");
        assertThat(format.text(FAMILIES))
                .startsWith("# HELP millrace_records Records\n# TYPE millrace_records counter\nmillrace_records_total{")
                .endsWith("millrace_age_seconds 1.5\n# EOF\n");
    }
}
