package io.millrace.connect.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class Utf8Test {
    @Property
    void countsWhatTheEncoderWrites(@ForAll String text) {
        int bytes = bytes(text);

        assertThat(Utf8.length(text)).isEqualTo(bytes);
        assertThat(Utf8.fits(text, bytes)).isTrue();
        assertThat(bytes == 0 || !Utf8.fits(text, bytes - 1)).isTrue();
    }

    @Property
    void cutsTheLongestBeginningThatFits(@ForAll String text, @ForAll @IntRange(max = 40) int limit) {
        String cut = Utf8.cut(text, limit);

        assertThat(text).startsWith(cut);
        assertThat(bytes(cut)).isLessThanOrEqualTo(limit);
        if (!cut.equals(text)) {
            int next = cut.length() + Character.charCount(text.codePointAt(cut.length()));
            assertThat(bytes(text.substring(0, next))).isGreaterThan(limit);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
