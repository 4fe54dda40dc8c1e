package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.connector.MemoryEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard that users load into Grafana asks for what the platform tells. */
class GrafanaDashboardTest {
    private static final Pattern NAME = Pattern.compile("millrace_[a-z_]+");

    @TempDir
    private static Path folder;

    @Test
    void everyQueryNamesAMetricThatExists() throws IOException {
        Set<String> told = new TreeSet<>();
        try (WiredApi api = new WiredApi(folder.resolve("data"), new MemoryEngine())) {
            api.send("GET", "/metrics", "")
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("# TYPE "))
                    .forEach(line -> told.add(line.split(" ")[2]));
        }
        JsonNode panels = new ObjectMapper()
                .readTree(Path.of("../docs/guides/grafana-dashboard.json").toFile())
                .get("panels");
        Set<String> asked = new TreeSet<>();
        for (JsonNode panel : panels) {
            assertThat(panel.get("targets")).as(panel.get("title").asText()).isNotEmpty();
            for (JsonNode target : panel.get("targets")) {
                Matcher names = NAME.matcher(target.get("expr").asText());
                assertThat(names.find()).as(target.toString()).isTrue();
                names.reset().results().forEach(name -> asked.add(name.group()));
            }
        }

        assertThat(told).containsAll(asked);
        assertThat(asked).hasSizeGreaterThan(15);
    }
}
