package io.millrace.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The modules of this build, as folders. */
final class Modules {
    /** The folder of the root POM. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Modules() {}

    /** Returns every module that has Java code, {@code it} included. */
    static List<Path> all() {
        try (Stream<Path> folders = Files.walk(ROOT, 3)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
                    .filter(folder -> Files.isDirectory(folder.resolve("src")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the Java files below {@code folder} of every module, {@code src/main/java} for example. */
    static List<Path> sources(String folder) {
        return all().stream()
                .map(module -> module.resolve(folder))
                .filter(Files::isDirectory)
                .flatMap(Modules::javaFiles)
                .toList();
    }

    /** Returns the classes of all modules, without their tests. */
    static JavaClasses mainClasses() {
        return classes("target/classes");
    }

    /** Returns the classes of the tests of all modules that are compiled. */
    static JavaClasses testClasses() {
        return classes("target/test-classes");
    }

    private static JavaClasses classes(String folder) {
        List<Path> folders = all().stream()
                .map(module -> module.resolve(folder))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter().importPaths(folders);
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
