package io.millrace.connect.snapshot.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class GtidNumbersTest {
    private static final String ONE = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String OTHER = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

    private final GtidNumbers gtids = new GtidNumbers();

    @Test
    void aSetHoldsTheNumbersOfItsIntervalsAndNoOthers() {
        LongPredicate set = gtids.in(ONE + ":1-5:8,\n" + OTHER + ":3");

        assertThat(set.test(gtids.of(ONE + ":5"))).isTrue();
        assertThat(set.test(gtids.of(ONE + ":6"))).isFalse();
        assertThat(set.test(gtids.of(ONE + ":8"))).isTrue();
        assertThat(set.test(gtids.of(OTHER + ":3"))).isTrue();
        assertThat(set.test(gtids.of(OTHER + ":2"))).isFalse();
    }

    @Test
    void aTagMakesASeriesOfItsOwn() {
        LongPredicate set = gtids.in(ONE + ":1-2:batch:7-9");

        assertThat(set.test(gtids.of(ONE + ":batch:8"))).isTrue();
        assertThat(set.test(gtids.of(ONE + ":8"))).isFalse();
        assertThat(set.test(gtids.of(ONE.toUpperCase(Locale.ROOT) + ":2"))).isTrue();
    }

    @Test
    void nothingIsInAnEmptySet() {
        assertThat(gtids.in("").test(gtids.of(ONE + ":1"))).isFalse();
    }
}
