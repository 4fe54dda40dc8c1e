package io.millrace.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.Figure;
import org.junit.jupiter.api.Test;

class RatesTest {
    @Test
    void comparesWhatWasMeasuredInTheSameRound() {
        Rates rates = new Rates();
        rates.add(Contender.OURS_POSTGRESQL, new Race.Lap(60, 30));
        rates.add(Contender.OURS_POSTGRESQL, new Race.Lap(80, 40));
        rates.add(Contender.STOCK_TUNED, new Race.Lap(20, 30));
        rates.add(Contender.STOCK_TUNED, new Race.Lap(40, 20));
        rates.add(Contender.STOCK_DEFAULT, new Race.Lap(10, 10));
        rates.addCopied(false, 600);

        assertThat(value(rates, "snapshot against the stock pair, tuned")).isEqualTo(2.5);
        assertThat(value(rates, "stream against the stock pair, tuned")).isEqualTo(1.5);
        assertThat(value(rates, "snapshot against the stock pair, default")).isEqualTo(6);
        assertThat(value(rates, "snapshot to PostgreSQL against COPY out and in"))
                .isEqualTo(0.1);
        assertThat(rates.figures()).extracting(Figure::name).noneMatch(name -> name.contains("DuckDB"));
    }

    private static double value(Rates rates, String name) {
        return rates.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
