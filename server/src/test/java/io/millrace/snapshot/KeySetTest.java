package io.millrace.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeySetTest {
    private final KeySet keys = new KeySet(1000);

    @Test
    void countsEachKeyOnce() {
        keys.add(List.of("1"));
        keys.add(List.of("1"));
        keys.add(List.of("2"));
        keys.delivered(List.of("1"));
        keys.delivered(List.of("1"));

        assertThat(keys.size()).isEqualTo(2);
        assertThat(keys.held()).isEqualTo(1);
    }

    @Test
    void tellsCompositeKeysApart() {
        keys.add(List.of("1", "23"));

        keys.delivered(List.of("12", "3"));
        keys.delivered(List.of("123"));

        assertThat(keys.held()).isZero();
    }

    @Test
    void losesWhatIsDeletedUntilItComesAgain() {
        keys.add(List.of("1"));
        keys.delivered(List.of("1"));
        keys.deleted(List.of("1"));
        keys.tombstone(List.of("1"));
        assertThat(keys.held()).isZero();

        keys.delivered(List.of("1"));
        assertThat(keys.held()).isEqualTo(1);

        keys.tombstone(List.of("1"));
        assertThat(keys.held()).isZero();
    }

    @Test
    void keepsWhatIsDeletedLaterWithTheTombstoneThatFollows() {
        keys.add(List.of("1"));
        keys.delivered(List.of("1"));
        keys.deletedLater(List.of("1"));
        keys.tombstone(List.of("1"));

        assertThat(keys.held()).isEqualTo(1);
    }

    @Test
    void losesEverythingByATruncation() {
        keys.add(List.of("1"));
        keys.add(List.of("2"));
        keys.delivered(List.of("1"));

        keys.truncated();
        keys.delivered(List.of("2"));

        assertThat(keys.held()).isEqualTo(1);
        assertThat(keys.size()).isEqualTo(2);
    }

    @Test
    void takesAsManyKeysAsItWasMadeFor() {
        for (int i = 0; i < 1000; i++) {
            keys.add(List.of("key " + i));
            keys.delivered(List.of("key " + i));
        }
        assertThat(keys.held()).isEqualTo(1000);
        assertThatIllegalStateException().isThrownBy(() -> {
            for (int i = 0; i < 1000; i++) {
                keys.add(List.of("more " + i));
            }
        });
    }
}
