package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void drawsABarWithRowsShareRateAndTimeLeft() {
        ProgressView.on(out, true).show(half());

        assertThat(text())
                .contains("public.orders")
                .contains("[##############--------------]")
                .contains("50,000 rows")
                .contains("50.0 %")
                .contains("25,000 rows/s")
                .contains("2 s left");
    }

    @Test
    void drawsTheNextPictureOverTheLast() {
        ProgressView view = ProgressView.on(out, true);
        view.show(half());
        assertThat(text()).doesNotContain("\u001b[1A");

        view.show(half());

        assertThat(text()).contains("\u001b[1A");
    }

    @Test
    void writesALineOnlyEveryTenPercentWhereNoTerminalIs() {
        ProgressView view = ProgressView.on(out, false);

        view.show(half());
        view.show(half());

        assertThat(text().lines()).hasSize(1);
        assertThat(text()).doesNotContain("\u001b").contains("50.0 %");
    }

    private static RunProgress half() {
        RunProgress.Table orders = new RunProgress.Table(
                "public.orders",
                "running",
                50_000,
                Optional.of(100_000L),
                Optional.of(50.0),
                Optional.of(25_000.0),
                Optional.of(Duration.ofSeconds(2)));
        return new RunProgress("run", "running", 50_000, Optional.of(50.0), List.of(orders));
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
