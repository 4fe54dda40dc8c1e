package io.millrace.connect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class IsRowChangeTest {
    @Test
    void holdsForEveryChangeOfARowAndForTombstones() {
        IsRowChange<SourceRecord> predicate = with(Map.of());

        assertThat(predicate.test(Orders.created(Orders.row(1, "eu")))).isTrue();
        assertThat(predicate.test(Orders.change("r", Optional.empty(), Optional.of(Orders.row(1, "eu")))))
                .isTrue();
        assertThat(predicate.test(Orders.deleted(Orders.row(1, "eu")))).isTrue();
        assertThat(predicate.test(Orders.truncated())).isTrue();
        assertThat(predicate.test(Orders.tombstone(1))).isTrue();
    }

    @Test
    void keepsOutHeartbeatsAndWhatIsEncodedAlready() {
        IsRowChange<SourceRecord> predicate = with(Map.of());
        SourceRecord forgotten = Orders.progress()
                .newRecord(
                        "millrace.snapshot.progress", 0, Orders.progress().keySchema(), new byte[] {1}, null, null, 1L);

        assertThat(predicate.test(Orders.heartbeat())).isFalse();
        assertThat(predicate.test(Orders.progress())).isFalse();
        assertThat(predicate.test(forgotten)).isFalse();
    }

    @Test
    void matchesTheWholeNameOfTheTopic() {
        SourceRecord record = Orders.created(Orders.row(1, "eu"));

        assertThat(with(Map.of("pattern", "source_\\w+[.]public[.]orders")).test(record))
                .isTrue();
        assertThat(with(Map.of("pattern", "public.*")).test(record)).isFalse();
        assertThat(with(Map.of("pattern", "$^")).test(record)).isFalse();
    }

    @Test
    void refusesWhatIsNoPattern() {
        assertThatThrownBy(() -> with(Map.of("pattern", "(")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("pattern");
    }

    private static IsRowChange<SourceRecord> with(Map<String, String> settings) {
        IsRowChange<SourceRecord> predicate = new IsRowChange<>();
        predicate.configure(settings);
        return predicate;
    }
}
