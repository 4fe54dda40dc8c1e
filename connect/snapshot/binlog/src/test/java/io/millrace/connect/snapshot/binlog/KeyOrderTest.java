package io.millrace.connect.snapshot.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
    private static final KeyOrder TWO =
            new KeyOrder(List.of(KeyColumn.of("a", "int", false), KeyColumn.of("b", "varchar", false)));
    private static final KeyOrder NULLABLE = new KeyOrder(List.of(KeyColumn.of("a", "enum", true)));

    @Test
    void spellsOutWhatLiesBeyondAndUpToAKey() {
        JsonNode key = json("{\"a\": 1, \"b\": \"x'\"}");

        assertThat(TWO.beyond(key)).isEqualTo("`a` >= 1 AND ((`a` > 1) OR (`a` = 1 AND `b` > _utf8mb4 x'7827'))");
        assertThat(TWO.upTo(key))
                .isEqualTo("`a` <= 1 AND ((`a` < 1) OR (`a` = 1 AND `b` < _utf8mb4 x'7827')"
                        + " OR (`a` = 1 AND `b` = _utf8mb4 x'7827'))");
    }

    @Test
    void nullIsBeforeEverything() {
        assertThat(NULLABLE.beyond(json("{\"a\": null}"))).isEqualTo("((`a` + 0 IS NOT NULL))");
        assertThat(NULLABLE.upTo(json("{\"a\": null}"))).isEqualTo("((`a` + 0 IS NULL))");
        assertThat(NULLABLE.upTo(json("{\"a\": 2}")))
                .isEqualTo("(`a` + 0 IS NULL OR `a` + 0 <= 2) AND"
                        + " (((`a` + 0 IS NULL OR `a` + 0 < 2)) OR (`a` + 0 = 2))");
    }

    @Test
    void aKeyThatIsNoneIsRefusedAndDoesNotReachTheServer() {
        assertThatThrownBy(() -> TWO.beyond(json("{\"a\": \"1 OR 1\", \"b\": \"\"}")))
                .hasMessage("'1 OR 1' is no value of the key column 'a'");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
