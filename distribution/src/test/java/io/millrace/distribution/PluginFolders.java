package io.millrace.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The plugin folders that the build assembled. */
record PluginFolders(Path root) {
    /** Returns the folders of this build. */
    static PluginFolders built() {
        return new PluginFolders(
                Path.of("..", "plugins", "target", "plugins").toAbsolutePath().normalize());
    }

    /** Returns the path of every jar below the root, for example {@code converters/avro-1.12.2.jar}, sorted. */
    List<String> jars() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}
