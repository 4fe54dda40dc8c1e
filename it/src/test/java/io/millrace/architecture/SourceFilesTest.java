package io.millrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SourceFilesTest {
    private static final int MOST_LINES = 400;

    /** Longer files, as path from the root, with the reason beside each. None is the aim. */
    private static final Set<String> LONGER = Set.of();

    private static final Pattern TEACHES = Pattern.compile("(?s).*/\\*\\*.{40,}\\*/\\s*@NullMarked\\s+package .*");

    @Test
    void everyPackageSaysWhatItIsForAndThatNothingIsNull() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Path folder :
                Modules.sources("src/main/java").stream().map(Path::getParent).collect(Collectors.toSet())) {
            Path info = folder.resolve("package-info.java");
            if (!Files.isRegularFile(info)
                    || !TEACHES.matcher(Files.readString(info)).matches()) {
                silent.add(Modules.ROOT.relativize(info).toString());
            }
        }
        assertThat(silent)
                .as("files that are missing or lack @NullMarked or a text")
                .isEmpty();
    }

    @Test
    void filesStaySmall() throws IOException {
        List<String> longer = new ArrayList<>();
        List<Path> files = new ArrayList<>(Modules.sources("src/main/java"));
        files.addAll(Modules.sources("src/test/java"));
        for (Path file : files) {
            if (Files.readAllLines(file).size() > MOST_LINES) {
                longer.add(Modules.ROOT.relativize(file).toString());
            }
        }
        assertThat(longer).as("files of more than " + MOST_LINES + " lines").isSubsetOf(LONGER);
    }
}
