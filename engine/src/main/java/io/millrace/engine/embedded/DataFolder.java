package io.millrace.engine.embedded;

import io.millrace.engine.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of one engine, held by a lock that ends with the process. */
final class DataFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    private final Path root;
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** Makes the folder when it is missing and takes it, or says in one sentence why not. */
    static DataFolder take(Path root) {
        FileChannel channel = open(root);
        try {
            if (Optional.ofNullable(channel.tryLock()).isPresent()) {
                return new DataFolder(root, channel);
            }
        } catch (OverlappingFileLockException ours) {
            LOG.debug("{} is held by this very process", root);
        } catch (IOException e) {
            closeQuietly(channel);
            throw unusable(root, e);
        }
        closeQuietly(channel);
        throw new EngineException(
                "the data folder " + root + " is in use by another engine; stop that one or choose another folder");
    }

    /** Log and metadata of the broker. */
    Path broker() {
        return root.resolve("broker");
    }

    /** Where the broker's folder is prepared before it gets its name. */
    Path brokerInTheMaking() {
        return root.resolve("broker.new");
    }

    @Override
    public void close() {
        closeQuietly(lock);
    }

    private static FileChannel open(Path root) {
        try {
            Files.createDirectories(root);
            return FileChannel.open(root.resolve("engine.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static EngineException unusable(Path root, IOException cause) {
        return new EngineException(
                "the data folder " + root + " cannot be used (" + cause
                        + "); make it readable and writable for the user that runs this process",
                cause);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a lock file", e);
        }
    }
}
