package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyLineTest {
    private final CopyLine line = new CopyLine();

    @Test
    void fieldsAreTakenApart() {
        assertThat(fields("1\ttwo\t\u00e9\ud83d\ude00\n")).containsExactly("1", "two", "\u00e9\ud83d\ude00");
        assertThat(fields("\n")).containsExactly("");
        assertThat(fields("a\t\n")).containsExactly("a", "");
        assertThat(fields("\t\t\n")).containsExactly("", "", "");
    }

    @Test
    void nullIsNoText() {
        assertThat(fields("\\N\t\\\\N\t\\N\n")).containsExactly(null, "\\N", null);
        assertThat(fields("\\N")).containsExactly((String) null);
    }

    @Test
    void whatWasEscapedComesBack() {
        assertThat(fields("a\\tb\\nc\\rd\\\\e\\bf\\fg\\vh\tnext\n"))
                .containsExactly("a\tb\nc\rd\\e\bf\fg\u000Bh", "next");
        assertThat(fields("\\\\\t\\\\\\\\\n")).containsExactly("\\", "\\\\");
    }

    @Test
    void linesAreIndependentOfTheOneBefore() {
        assertThat(fields("1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\t13\t14\t15\t16\t17\t18\n"))
                .hasSize(18)
                .endsWith("18");
        assertThat(fields("x\n")).containsExactly("x");
    }

    @Test
    void fieldsAreComparedAsText() {
        CopyLine other = new CopyLine();
        line.parse("x\t1\t\\N\ta\\tb\n".getBytes(StandardCharsets.UTF_8));
        other.parse("yy\t1\t\\N\ta\\tb\n".getBytes(StandardCharsets.UTF_8));

        assertThat(line.equalsIn(other, 0)).isFalse();
        assertThat(line.equalsIn(other, 1)).isTrue();
        assertThat(line.equalsIn(other, 2)).isTrue();
        assertThat(line.equalsIn(other, 3)).isTrue();
        other.parse("yy\t\\N\t1\ta\\\\tb\n".getBytes(StandardCharsets.UTF_8));
        assertThat(line.equalsIn(other, 1)).isFalse();
        assertThat(line.equalsIn(other, 2)).isFalse();
        assertThat(line.equalsIn(other, 3)).isFalse();
    }

    private List<String> fields(String text) {
        line.parse(text.getBytes(StandardCharsets.UTF_8));
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < line.fields(); i++) {
            fields.add(line.text(i));
        }
        return fields;
    }
}
