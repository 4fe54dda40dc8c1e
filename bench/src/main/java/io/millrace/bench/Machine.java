package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine that a figure belongs to. */
record Machine(String processor, int cores, long memoryMebibytes, String system, String java) {
    /** Describes this machine; what the system does not tell is {@code unknown}. */
    static Machine here() {
        long kibibytes = Long.parseLong(first(Path.of("/proc/meminfo"), "MemTotal")
                .replaceAll("\\D", "")
                .transform(n -> "0" + n));
        return new Machine(
                first(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                kibibytes / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    }

    @Override
    public String toString() {
        return processor + ", " + cores + " cores, " + memoryMebibytes + " MiB, " + system + ", " + java;
    }

    private static String first(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
