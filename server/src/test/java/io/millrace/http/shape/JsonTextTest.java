package io.millrace.http.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {
    /** Position and words as printed by Python 3.11's json module for these texts. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{|1|Expecting property name enclosed in double quotes",
                "{\"a\"|4|Expecting ':' delimiter",
                "{\"a\":|5|Expecting value",
                "{\"a\":1|6|Expecting ',' delimiter",
                "{\"a\":1,|7|Expecting property name enclosed in double quotes",
                "{\"a\":1,}|7|Expecting property name enclosed in double quotes",
                "[|1|Expecting value",
                "[1,|3|Expecting value",
                "[1,]|3|Expecting value",
                "[1 2]|3|Expecting ',' delimiter",
                "\"abc|0|Unterminated string starting at",
                "\"a\\|0|Unterminated string starting at",
                "\"a\\u12|3|Invalid \\uXXXX escape",
                "\"a\\x\"|2|Invalid \\escape",
                "~\"a\nb\"~|2|Invalid control character at",
                "nul|0|Expecting value",
                "{} x|3|Extra data",
                "~  ~|2|Expecting value",
                "{a:1}|1|Expecting property name enclosed in double quotes",
                "{\"a\":\"b|5|Unterminated string starting at",
                "-|0|Expecting value",
                "01|1|Extra data",
                "{\"a\" 1}|5|Expecting ':' delimiter",
                "[}|1|Expecting value",
                "1.|1|Extra data",
                "[1.]|2|Expecting ',' delimiter",
                "{\"é\":}|5|Expecting value",
                "{\"😀\":}|5|Expecting value"
            })
    void reportsAMistakeWherePythonDoes(String text, int position, String words) {
        List<ShapeError> errors = new ArrayList<>();

        assertThat(JsonText.parse(text, errors)).isEmpty();
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.loc()).containsExactly("body", position);
            assertThat(error.ctx()).isEqualTo(Map.of("error", words));
        });
    }

    @Test
    void survivesANestingOfAHundredThousandLists() {
        List<ShapeError> errors = new ArrayList<>();

        assertThat(JsonText.parse("[".repeat(100_000), errors)).isEmpty();
        assertThat(errors).extracting(ShapeError::loc).containsExactly(List.of("body", 100_000));
    }

    @Test
    void keepsTheDigitsOfNumbers() {
        assertThat(JsonText.parse(
                                "{\"a\": 1.10, \"b\": 123456789012345678901234567890, \"c\": 1e400}", new ArrayList<>())
                        .orElseThrow())
                .hasToString("{\"a\":1.10,\"b\":123456789012345678901234567890,\"c\":1E+400}");
    }
}
