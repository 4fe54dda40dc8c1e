package io.millrace.bench.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {
    private final Rates rates = new Rates();

    @Test
    void ratiosAreThoseOfEachRoundAndTheirMedianIsHeldAgainstTheGoal() {
        for (int round = 1; round <= 3; round++) {
            rates.add(Contender.OURS_AVRO, true, new Race.Lap(90 * round, 2, 300));
            rates.add(Contender.STOCK_TUNED, true, new Race.Lap(10, 20, 300));
        }

        Figure speed = figure("ours against stock tuned");
        assertThat(speed.value()).isEqualTo(18);
        assertThat(speed.spread().orElseThrow()).isEqualTo(new Figure.Spread(9, 27));
        assertThat(speed.goal().orElseThrow()).isEqualTo(new Figure.Goal(false, 8));
        Figure cost = figure("processor time per row, ours against stock tuned");
        assertThat(cost.value()).isEqualTo(0.1);
        assertThat(cost.goal().orElseThrow()).isEqualTo(new Figure.Goal(true, 0.2));
    }

    @Test
    void whatWasNotMeasuredHasNoRatio() {
        rates.add(Contender.OURS_AVRO, true, new Race.Lap(90, 2, 300));

        assertThat(names()).noneMatch(name -> name.contains("against"));
    }

    private List<String> names() {
        return rates.figures().stream().map(Figure::name).toList();
    }

    private Figure figure(String name) {
        return rates.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
