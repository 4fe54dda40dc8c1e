package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path parent;

    @Test
    void isMadeForItsOwnerAlone() throws IOException {
        Path path = parent.resolve("a/b");
        try (DataFolder folder = DataFolder.take(path)) {
            assertThat(folder.resolve("x")).isEqualTo(path.resolve("x"));
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
    }

    @Test
    void isHeldByOneAtATime() {
        DataFolder first = DataFolder.take(parent);

        assertThatThrownBy(() -> DataFolder.take(parent))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("is in use by another process")
                .hasMessageContaining("--data");
        first.close();
        DataFolder.take(parent).close();
    }

    @Test
    void isNoFile() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> DataFolder.take(file))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("is no folder");
        assertThatThrownBy(() -> DataFolder.take(file.resolve("below")))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("cannot be used");
    }
}
