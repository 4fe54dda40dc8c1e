package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration that the platform brings writes into its file. */
class LoggingTest {
    private static final String FOLDER = "millrace.logs";
    private static final String SCANNER = "org.apache.kafka.connect.runtime.isolation.PluginScanner";

    @TempDir
    private Path folder;

    @Test
    void leavesOutTheConverterThatNothingUsesAndKeepsWhatElseDoesNotLoad() throws Exception {
        String log = written(SCANNER, logger -> {
            logger.error(
                    "Failed to discover Converter in /a/plugins/mysql: Failed to statically initialize plugin class");
            logger.error(
                    "Failed to discover Converter in /a/plugins/mine: Failed to statically initialize plugin class");
            logger.error("Failed to discover Transformation in /a/plugins/mysql: no class");
        });

        assertThat(log)
                .doesNotContain("Converter in /a/plugins/mysql")
                .contains("Converter in /a/plugins/mine", "Transformation in /a/plugins/mysql");
    }

    @Test
    void writesTheTraceOfAClassThatCannotBeLoaded() throws Exception {
        Throwable thrown = catchThrowable(() -> Unloadable.NAME.strip());

        String log = written(SCANNER, logger -> logger.error("A plugin is broken", thrown));

        assertThat(log).contains("A plugin is broken", "ExceptionInInitializerError", "Unloadable.<clinit>");
    }

    /** Fails whenever it is initialized, as some classes of plugins do. */
    private static final class Unloadable {
        static final String NAME = List.of("one").get(1);
    }

    private String written(String name, Consumer<Logger> lines) throws IOException, URISyntaxException {
        String before = System.getProperty(FOLDER, "");
        System.setProperty(FOLDER, folder.toString());
        URI configuration =
                LoggingTest.class.getResource("/io/millrace/app/log4j2.xml").toURI();
        try (LoggerContext context = new LoggerContext("test", null, configuration)) {
            context.start();
            lines.accept(context.getLogger(name));
        } finally {
            System.setProperty(FOLDER, before);
        }
        return Files.readString(folder.resolve("millrace.log"));
    }
}
