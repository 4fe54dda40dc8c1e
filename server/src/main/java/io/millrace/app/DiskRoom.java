package io.millrace.app;

import io.millrace.connector.Room;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room on the disk of the data folder. It is short when less is free than is to stay free, until there is a quarter
 * more than that. A broker whose disk is full gives up for good, so sources must rest before.
 */
final class DiskRoom implements Room {
    private static final Logger LOG = LoggerFactory.getLogger(DiskRoom.class);

    private final FileStore disk;
    private final long minFreeBytes;
    private volatile boolean isShort;

    DiskRoom(Path folder, long minFreeBytes) throws IOException {
        this.disk = Files.getFileStore(folder);
        this.minFreeBytes = minFreeBytes;
    }

    @Override
    public Optional<String> shortage() {
        long free = minFreeBytes == 0 ? Long.MAX_VALUE : freeBytes();
        boolean before = isShort;
        long enough = minFreeBytes + minFreeBytes / 4;
        isShort = free < (before ? enough : minFreeBytes);
        Optional<String> sentence = isShort ? Optional.of(sentence(free, enough)) : Optional.empty();
        if (isShort != before) {
            LOG.warn("{}", sentence.orElse("The disk of the data folder has room again; sources go on"));
        }
        return sentence;
    }

    private String sentence(long free, long enough) {
        return "Paused by the platform: the disk of its data folder has " + mebibytes(free) + " left, and "
                + mebibytes(minFreeBytes)
                + " are to stay free (--min-free). Make room, or let topics keep less; sources go on by themselves when "
                + mebibytes(enough) + " are free.";
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    /** A disk that cannot be asked is not short of room; what is wrong with it shows elsewhere. */
    private long freeBytes() {
        try {
            return disk.getUsableSpace();
        } catch (IOException e) {
            LOG.debug("The room on {} cannot be told", disk, e);
            return Long.MAX_VALUE;
        }
    }
}
