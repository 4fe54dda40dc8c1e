package io.millrace.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.store.OnEveryStore;
import io.millrace.store.Store;
import io.millrace.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryStore
class RingsTest {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
    private static final Entity SOURCE = new Entity("source_66b0f1c9a1b2c3d4e5f60000");
    private static final Entity TOPIC = new Entity("source_66b0f1c9a1b2c3d4e5f60000.public.orders");

    private final TestStore database;

    @TempDir
    private Path folder;

    private Store store;
    private Rings rings;

    RingsTest(TestStore database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        store = database.open(folder);
        rings = new Rings(store);
        rings.resume(NOON);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void addsUpWhatWasCountedInAMinuteAndKeepsTheWorstOfItsMoments() {
        add(NOON.plusSeconds(1), SOURCE, 10, 5);
        add(NOON.plusSeconds(11), SOURCE, 20, 900);
        add(NOON.plusSeconds(21), SOURCE, 30, 7);
        add(NOON.plusSeconds(61), SOURCE, 1, 1);

        Map<Instant, Tally> minutes = read(Resolution.MINUTE, SOURCE);
        assertThat(minutes).containsOnlyKeys(NOON, NOON.plusSeconds(60));
        assertThat(minutes.get(NOON).count(Metric.RECORDS_IN)).isEqualTo(60);
        assertThat(minutes.get(NOON).value(Metric.LAG)).hasValue(900);
        assertThat(read(Resolution.HOUR, SOURCE).get(NOON).count(Metric.RECORDS_IN))
                .isEqualTo(61);
        assertThat(read(Resolution.DAY, SOURCE)
                        .get(Instant.parse("2026-01-15T00:00:00Z"))
                        .count(Metric.RECORDS_IN))
                .isEqualTo(61);
        assertThat(rings.latest(List.of(SOURCE)).get(SOURCE).figures().count(Metric.RECORDS_IN))
                .isEqualTo(61);
        assertThat(rings.latest(List.of(SOURCE)).get(SOURCE).figures().value(Metric.LAG))
                .hasValue(1);
    }

    @Test
    void goesOnInANewProcessWhereTheOldOneEnded() {
        add(NOON.plusSeconds(1), SOURCE, 10, 5);

        Rings next = new Rings(store);
        next.resume(NOON.plusSeconds(30));
        next.add(NOON.plusSeconds(31), Map.of(SOURCE, tally(5, 1)), Map.of());

        assertThat(read(Resolution.MINUTE, SOURCE).get(NOON).count(Metric.RECORDS_IN))
                .isEqualTo(15);
        assertThat(read(Resolution.HOUR, SOURCE).get(NOON).count(Metric.RECORDS_IN))
                .isEqualTo(15);
        assertThat(next.latest(List.of(SOURCE)).get(SOURCE).figures().count(Metric.RECORDS_IN))
                .isEqualTo(15);
    }

    @Test
    void takesNoMoreRoomThanTheRingHasSlots() {
        Instant later = NOON.plus(Resolution.MINUTE.span());
        add(NOON, SOURCE, 1, 0);
        add(NOON.plusSeconds(60), SOURCE, 2, 0);
        add(later, SOURCE, 3, 0);

        Map<Instant, Tally> minutes = read(Resolution.MINUTE, SOURCE);
        assertThat(minutes).containsOnlyKeys(NOON.plusSeconds(60), later);
        assertThat(read(Resolution.HOUR, SOURCE)).hasSize(2);
    }

    @Test
    void removesWhatIsOlderThanItsRingOfThoseWhoAreSilent() {
        add(NOON, SOURCE, 1, 0);
        add(NOON.plus(Duration.ofDays(3)), TOPIC, 1, 0);

        assertThat(read(Resolution.MINUTE, SOURCE)).isEmpty();
        assertThat(read(Resolution.DAY, SOURCE)).hasSize(1);
    }

    @Test
    void writesNothingOfATopicAtWhichNothingChanged() {
        rings.add(NOON, Map.of(TOPIC, moment(70)), Map.of(TOPIC, NOON));
        rings.add(NOON.plusSeconds(60), Map.of(TOPIC, moment(70)), Map.of());

        assertThat(read(Resolution.MINUTE, TOPIC)).containsOnlyKeys(NOON);
        assertThat(rings.latest(List.of(TOPIC)).get(TOPIC).lastRecordAt()).contains(NOON);

        rings.add(NOON.plusSeconds(120), Map.of(TOPIC, moment(71)), Map.of());
        assertThat(read(Resolution.MINUTE, TOPIC)).containsOnlyKeys(NOON, NOON.plusSeconds(120));
    }

    @Test
    void forgetsWhatIsNoMoreButTheDaysThatItIsCountedBy() {
        add(NOON, SOURCE, 4, 0);
        add(NOON, TOPIC, 4, 0);

        rings.keep(Set.of(TOPIC));

        assertThat(rings.latest(List.of(SOURCE))).isEmpty();
        assertThat(read(Resolution.MINUTE, SOURCE)).isEmpty();
        assertThat(read(Resolution.DAY, SOURCE)).hasSize(1);
        assertThat(rings.latest(List.of(TOPIC))).hasSize(1);
        assertThat(read(Resolution.MINUTE, TOPIC)).hasSize(1);
    }

    @Test
    void keepsTheDelaysOfTheLastMinuteInWhichAnyChangeCame() {
        Tally slow = new Tally();
        slow.addDelays(1_024, 10);
        rings.add(NOON, Map.of(SOURCE, slow), Map.of());
        add(NOON.plusSeconds(60), SOURCE, 0, 3);
        assertThat(rings.latest(List.of(SOURCE)).get(SOURCE).delayMs().orElse(0))
                .isBetween(512.0, 1_024.0);

        Tally quick = new Tally();
        quick.addDelays(4, 10);
        rings.add(NOON.plusSeconds(120), Map.of(SOURCE, quick), Map.of());
        assertThat(rings.latest(List.of(SOURCE)).get(SOURCE).delayMs().orElse(0))
                .isLessThanOrEqualTo(4);
    }

    private void add(Instant at, Entity entity, long records, long lag) {
        rings.add(at, Map.of(entity, tally(records, lag)), Map.of());
    }

    private static Tally tally(long records, long lag) {
        Tally tally = new Tally();
        tally.add(Metric.RECORDS_IN, records);
        tally.add(Metric.LAG, lag);
        return tally;
    }

    private static Tally moment(long bytes) {
        Tally tally = new Tally();
        tally.add(Metric.SIZE_BYTES, bytes);
        return tally;
    }

    private Map<Instant, Tally> read(Resolution resolution, Entity entity) {
        return rings.read(resolution, List.of(entity), NOON.minus(Duration.ofDays(3)), NOON.plus(Duration.ofDays(9)))
                .getOrDefault(entity, new TreeMap<>());
    }
}
