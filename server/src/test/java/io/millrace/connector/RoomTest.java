package io.millrace.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A source that is to capture rests as long as there is no room; what is wanted of it stays as it is. */
class RoomTest {
    private static final ConnectorId ID = ConnectorId.parse(Kind.SOURCE, "66b0f1c9a1b2c3d4e5f60000");
    private static final Course ACTIVE = new Course(new DesiredState.Active(), 3, 3, 0, 0, false);

    private final AtomicReference<Optional<String>> shortage = new AtomicReference<>(Optional.empty());
    private final MemoryEngine engine = new MemoryEngine();
    private final Healths healths = new Healths(engine.connect(), shortage::get, Ways.DIRECT);

    @Test
    void aRunningSourceIsToPauseAndThenSaysWhy() {
        engine.put(ID.connectorName(), Map.of());
        shortage.set(Optional.of("no room"));

        assertThat(healths.forNow(ACTIVE).desired()).isEqualTo(new DesiredState.Paused());
        assertThat(healths.forNow(ACTIVE).pending()).isFalse();
        assertThat(healths.look().isElsewhere(ID, healths.forNow(ACTIVE))).isTrue();
        assertThat(healths.look().of(ID, ACTIVE).state()).isEqualTo(Health.State.PENDING_UPDATE);

        engine.pause(ID.connectorName());

        assertThat(healths.look().isElsewhere(ID, healths.forNow(ACTIVE))).isFalse();
        assertThat(healths.look().of(ID, ACTIVE).state()).isEqualTo(Health.State.PAUSED);
        assertThat(healths.look().of(ID, ACTIVE).reason()).contains("no room");
    }

    @Test
    void itGoesOnWhenThereIsRoomAgain() {
        engine.put(ID.connectorName(), Map.of());
        engine.pause(ID.connectorName());

        assertThat(healths.forNow(ACTIVE)).isEqualTo(ACTIVE);
        assertThat(healths.look().isElsewhere(ID, healths.forNow(ACTIVE))).isTrue();
    }

    @Test
    void aSourceThatSomebodyPausedOrStoppedIsLeftAlone() {
        shortage.set(Optional.of("no room"));
        engine.put(ID.connectorName(), Map.of());
        engine.pause(ID.connectorName());
        Course paused = ACTIVE.to(new DesiredState.Paused());
        Course stopped = ACTIVE.to(new DesiredState.Stopped());

        assertThat(healths.forNow(paused)).isEqualTo(paused);
        assertThat(healths.forNow(stopped)).isEqualTo(stopped);
        assertThat(healths.look()
                        .of(ID, new Course(paused.desired(), 4, 4, 0, 0, false))
                        .reason())
                .isEmpty();
    }
}
