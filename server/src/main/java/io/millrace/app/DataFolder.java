package io.millrace.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The folder that everything is kept in, held by one process at a time. The lock ends with the process, however it ends. */
final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Takes the folder, which is made when it is not there; throws {@link StartProblem} when it cannot be had. */
    static DataFolder take(Path path) {
        make(path);
        try {
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel).isEmpty()) {
                channel.close();
                throw new StartProblem("the data folder " + path
                        + " is in use by another process; stop that one or choose another folder with --data");
            }
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** Returns where something is kept. */
    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("the lock of " + path + " cannot be given back", e);
        }
    }

    private static void make(Path path) {
        try {
            if (!Files.exists(path)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw unusable(path, e);
        }
        if (!Files.isDirectory(path) || !Files.isReadable(path) || !Files.isWritable(path)) {
            throw new StartProblem("the data folder " + path + " "
                    + (Files.isDirectory(path) ? "cannot be read and written by this user" : "is no folder")
                    + "; mend that or choose another folder with --data");
        }
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            return Optional.empty();
        }
    }

    private static StartProblem unusable(Path path, IOException cause) {
        return new StartProblem(
                "the data folder " + path + " cannot be used (" + cause + "); choose another one with --data", cause);
    }
}
