package io.millrace.engine.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {
    @TempDir
    private Path folder;

    @Test
    void namesAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatStart(new EmbeddedSettings(folder, folder, taken.getLocalPort()))
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("choose another one (--kafka-port)");
        }
    }

    @Test
    void namesAnAddressThatIsNotOfThisMachine() {
        assertThatStart(new EmbeddedSettings(folder, folder, "192.0.2.1", 0, 0)).hasMessageContaining("192.0.2.1");
    }

    @Test
    void namesAFolderThatAnotherEngineUses() {
        try (DataFolder used = DataFolder.take(folder)) {
            assertThatStart(new EmbeddedSettings(folder, folder, 0))
                    .hasMessage("the data folder " + used.broker().getParent()
                            + " is in use by another engine; stop that one or choose another folder");
        }
    }

    @Test
    void namesAFolderThatIsNone() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatStart(new EmbeddedSettings(file, folder, 0))
                .hasMessageContaining("the data folder " + file + " cannot be used")
                .hasMessageContaining("make it readable and writable");
    }

    @Test
    void namesAPluginFolderThatIsMissing() {
        Path plugins = folder.resolve("plugins");

        assertThatStart(new EmbeddedSettings(folder, plugins, 0))
                .hasMessageContaining("the plugin folder " + plugins + " cannot be read");
    }

    @Test
    void namesStorageThatIsDamagedAndGivesTheFolderBack() throws IOException {
        Path broker = Files.createDirectories(folder.resolve("broker"));

        assertThatStart(new EmbeddedSettings(folder, folder, 0))
                .hasMessageContaining("the broker in " + broker + " does not start")
                .hasMessageContaining("meta.properties");
        DataFolder.take(folder).close();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThatStart(EmbeddedSettings settings) {
        return assertThatThrownBy(() -> EmbeddedEngine.start(settings, (path, key) -> Optional.empty()))
                .isInstanceOf(EngineException.class);
    }
}
