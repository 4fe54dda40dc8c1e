package io.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void makesTwentyFourHexDigitsWithoutNumbersThatClientsTakeForAStatus() {
        Ids ids = new Ids(Clock.fixed(Instant.parse("2026-01-15T10:30:00Z"), ZoneOffset.UTC), new Random(7));

        assertThat(Stream.generate(ids::next).limit(50_000))
                .allMatch(Ids::wellFormed)
                .noneMatch(id -> id.matches(".*(429|502|503|504).*"))
                .doesNotHaveDuplicates();
    }

    @Test
    void keepsGoingWhileTheTimeItselfHoldsSuchANumber() {
        Ids ids = new Ids(Clock.fixed(Instant.ofEpochSecond(0x6a50_4000L), ZoneOffset.UTC), new Random(7));

        assertThat(ids.next()).doesNotContain("504");
    }

    @Test
    void knowsTheFormOfAnId() {
        assertThat(Ids.wellFormed("66b0f1c9a1b2c3d4e5f60000")).isTrue();
        assertThat(Stream.of(
                        "",
                        "xyz",
                        "66B0F1C9A1B2C3D4E5F60000",
                        "66b0f1c9a1b2c3d4e5f600000",
                        "66b0f1c9a1b2c3d4e5f60000\n"))
                .noneMatch(Ids::wellFormed);
    }
}
