package io.millrace.engine.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs {@link CountingConnector} into a plugin folder, and makes configurations for it. */
final class CountingPlugin {
    private CountingPlugin() {}

    /** Makes {@code plugins/counting/counting.jar} in the folder and returns {@code plugins}. */
    static Path in(Path folder) {
        Path plugins = folder.resolve("plugins");
        try {
            Files.createDirectories(plugins.resolve("counting"));
            try (JarOutputStream jar = new JarOutputStream(
                    Files.newOutputStream(plugins.resolve("counting").resolve("counting.jar")))) {
                for (Class<?> type : List.of(CountingConnector.class, CountingTask.class)) {
                    String name = type.getName().replace('.', '/') + ".class";
                    jar.putNextEntry(new JarEntry(name));
                    try (InputStream code =
                            Objects.requireNonNull(type.getClassLoader().getResourceAsStream(name))) {
                        code.transferTo(jar);
                    }
                }
                jar.putNextEntry(new JarEntry("META-INF/services/org.apache.kafka.connect.source.SourceConnector"));
                jar.write(CountingConnector.class.getName().getBytes(StandardCharsets.UTF_8));
            }
            return plugins;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
