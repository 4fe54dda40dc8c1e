package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done when this JVM is gone, also after a {@code kill -9}, which runs no hook: a shell waits for the end of a pipe
 * that only the JVM holds open, then runs a command and deletes a folder.
 */
final class LastWill implements AutoCloseable {
    /** A Ctrl-C reaches this shell as well, and is not the end of the JVM yet. */
    private static final String SCRIPT =
            "trap '' INT TERM HUP; folder=$1; shift; cat > /dev/null; \"$@\"; rm -rf -- \"$folder\"";

    private final Process shell;

    private LastWill(Process shell) {
        this.shell = shell;
    }

    /** Arranges that the command is run and the folder is deleted. */
    static LastWill of(List<String> command, Path folder) {
        List<String> line = new ArrayList<>(List.of("sh", "-c", SCRIPT, "last-will", folder.toString()));
        line.addAll(command);
        try {
            return new LastWill(new ProcessBuilder(line)
                    .directory(folder.getParent().toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("No shell can be started", e);
        }
    }

    /** Revokes it: there is nothing left to be done. */
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
