package io.millrace.connect.sinks.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges small files of a table, and files of which rows were deleted; forgets old snapshots. What a query sees stays as it
 * is. Changes that are committed meanwhile stay too: the merged files count as old as the files that they replace.
 */
final class Compaction {
    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    /** The task takes no records meanwhile, and Kafka waits for some minutes only. */
    private static final long MOST_BYTES = 1L << 30;

    private final IcebergSettings.Upkeep upkeep;

    Compaction(IcebergSettings.Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    /** @param property what the newest snapshot says, with its name; the next one has to say it too */
    void run(Table table, Map.Entry<String, String> property) throws IOException {
        merge(table, property);
        if (upkeep.retained().isPresent()) {
            table.expireSnapshots()
                    .expireOlderThan(table.currentSnapshot().timestampMillis() + 1)
                    .retainLast(upkeep.retained().get())
                    .commit();
        }
    }

    private void merge(Table table, Map.Entry<String, String> property) throws IOException {
        Snapshot before = table.currentSnapshot();
        TableRows rows = new TableRows(table);
        List<FileScanTask> all = rows.files(Expressions.alwaysTrue());
        List<FileScanTask> chosen = chosen(all);
        if (chosen.isEmpty()) {
            return;
        }
        NewFiles files = new NewFiles(table, upkeep.targetBytes());
        try {
            for (FileScanTask file : chosen) {
                rows.read(file, files::add);
            }
            RewriteFiles rewrite = table.newRewrite()
                    .validateFromSnapshot(before.snapshotId())
                    .dataSequenceNumber(before.sequenceNumber());
            chosen.forEach(file -> rewrite.deleteFile(file.file()));
            for (DataFile merged : files.finished()) {
                rewrite.addFile(merged);
            }
            unneeded(all, chosen).values().forEach(rewrite::deleteFile);
            rewrite.set(property.getKey(), property.getValue());
            rewrite.commit();
            LOG.info(
                    "{}: {} files are merged into {}",
                    table.name(),
                    chosen.size(),
                    files.finished().size());
        } catch (CommitStateUnknownException e) {
            throw e;
        } catch (ValidationException | CommitFailedException e) {
            files.discard();
            LOG.warn(
                    "{} was changed by others while its files were merged; later again: {}",
                    table.name(),
                    e.getMessage());
        } catch (IOException | RuntimeException e) {
            files.discard();
            throw e;
        }
    }

    /** Returns the files to merge, the smallest first; none when there are too few of them. */
    private List<FileScanTask> chosen(List<FileScanTask> all) {
        List<FileScanTask> candidates = all.stream()
                .filter(file -> file.file().fileSizeInBytes() < upkeep.targetBytes()
                        || !file.deletes().isEmpty())
                .sorted(Comparator.comparingLong(file -> file.file().fileSizeInBytes()))
                .toList();
        List<FileScanTask> chosen = new ArrayList<>();
        long bytes = 0;
        for (FileScanTask file : candidates) {
            bytes += file.file().fileSizeInBytes();
            if (chosen.size() < upkeep.mostFiles() && (bytes <= MOST_BYTES || chosen.isEmpty())) {
                chosen.add(file);
            }
        }
        return candidates.size() >= upkeep.leastFiles() ? chosen : List.of();
    }

    /** Returns delete files of the chosen files that no other file needs. */
    private static Map<String, DeleteFile> unneeded(List<FileScanTask> all, List<FileScanTask> chosen) {
        Set<String> rewritten = new HashSet<>();
        Map<String, DeleteFile> unneeded = new HashMap<>();
        for (FileScanTask file : chosen) {
            rewritten.add(file.file().location());
            file.deletes().forEach(delete -> unneeded.put(delete.location(), delete));
        }
        for (FileScanTask file : all) {
            if (!rewritten.contains(file.file().location())) {
                file.deletes().forEach(delete -> unneeded.remove(delete.location()));
            }
        }
        return unneeded;
    }
}
