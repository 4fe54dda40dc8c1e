package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginLockTest {
    private final PluginFolders folders = PluginFolders.built();

    @Test
    void foldersHoldExactlyTheJarsOfTheLockFile() throws IOException {
        List<String> locked = Files.readAllLines(Path.of("..", "plugins", "plugins.lock"));

        assertThat(folders.jars())
                .as("jars of the plugin folders; when the change is meant, write them to plugins/plugins.lock")
                .containsExactlyElementsOf(locked);
    }

    @Test
    void noFolderHoldsWhatTheWorkerBrings() throws IOException {
        assertThat(folders.jars()).isNotEmpty().noneMatch(jar -> jar.matches(".*/(kafka|connect|slf4j|log4j)-.*"));
    }
}
