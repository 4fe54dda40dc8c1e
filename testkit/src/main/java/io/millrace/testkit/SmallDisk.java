package io.millrace.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system of its own that is soon full, kept in memory. Only root may make one. */
public final class SmallDisk implements AutoCloseable {
    private final Path root;

    private SmallDisk(Path root) {
        this.root = root;
    }

    /** Mounts a disk of that size; empty where this process may not. */
    public static Optional<SmallDisk> mount(int mebibytes) {
        try {
            Path root = Files.createTempDirectory("millrace-disk-");
            if (run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "millrace-test", root.toString())) {
                return Optional.of(new SmallDisk(root));
            }
            Files.delete(root);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("No folder for a disk", e);
        }
    }

    /** Returns the folder that is the disk. */
    public Path root() {
        return root;
    }

    /** Returns how many bytes can still be written. */
    public long freeBytes() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fills the disk until that many bytes are left. */
    public void fill(long leftBytes) {
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (freeBytes() > leftBytes) {
                out.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The disk could not be filled", e);
        }
    }

    /** Gives the room back that {@link #fill} has taken. */
    public void clear() {
        try {
            Files.delete(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return root.resolve("filler");
    }

    /** Unmounts the disk; what is on it is gone. */
    @Override
    public void close() {
        boolean ended = run("umount", "--lazy", root.toString());
        if (!ended) {
            throw new IllegalStateException("The disk at " + root + " could not be unmounted");
        }
        try {
            Files.delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such program here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
