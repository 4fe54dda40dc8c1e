package io.millrace.connect.snapshot.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceTest {
    @Test
    void growsInAFileAndFromFileToFile() {
        assertThat(number("binlog.000009", 4)).isLessThan(number("binlog.000009", 4_000_000_000L));
        assertThat(number("binlog.000009", 4_000_000_000L)).isLessThan(number("binlog.000010", 4));
        assertThat(number("binlog.999999", 7)).isLessThan(number("binlog.1000000", 4));
    }

    @Test
    void aFileThatIsLongerThanEventsCanCountIsNeverAheadOfTheNextOne() {
        assertThat(number("a.b.000001", 1L << 40)).isLessThan(number("a.b.000002", 0));
    }

    @Test
    void comesFromAnOffset() {
        assertThat(Place.ofOffset(Map.of("file", "binlog.000002", "pos", 800L))).hasValue(number("binlog.000002", 800));
        assertThat(Place.ofOffset(Map.of("file", "", "pos", 0L))).isEmpty();
        assertThat(Place.ofOffset(Map.of("state", "RUNNING"))).isEmpty();
    }

    @Test
    void aNameWithoutANumberIsNoFileOfALog() {
        assertThatThrownBy(() -> new Place("binlog", 4)).hasMessageContaining("'binlog'");
    }

    private static long number(String file, long position) {
        return new Place(file, position).number();
    }
}
