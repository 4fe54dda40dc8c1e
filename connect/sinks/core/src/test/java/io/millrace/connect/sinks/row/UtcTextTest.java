package io.millrace.connect.sinks.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T23:59:59Z",
                "0001-01-01T00:00:00.1Z",
                "9999-12-31T23:59:59.999999Z",
                "1969-12-31T23:59:59.000000001Z"
            })
    void readsWhatAFormatterReads(String text) {
        assertThat(UtcText.read(text)).contains(OffsetDateTime.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "infinity",
                "2024-02-29T23:59:59",
                "2024-02-29T23:59:59+00",
                "2024-02-29T23:59Z",
                "2024-02-29 23:59:59Z",
                "-0044-03-15T00:00:00Z",
                "+12024-02-29T23:59:59Z",
                "2024-02-29T23:59:59.Z",
                "2024-02-29T23:59:59.1234567890Z",
                "2024-02-29T23:59:59.12x4Z",
                "2024-02-29T23:59:59,123Z"
            })
    void leavesOtherFormsToAFormatter(String text) {
        assertThat(UtcText.read(text)).isEmpty();
    }

    @Test
    void refusesADayThatIsNone() {
        assertThatThrownBy(() -> UtcText.read("2023-02-29T00:00:00Z")).isInstanceOf(DateTimeException.class);
    }
}
