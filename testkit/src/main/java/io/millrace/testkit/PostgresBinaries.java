package io.millrace.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The programs of a PostgreSQL release: those of Maven artifacts, unpacked once for each user and release into the folder
 * for temporary files, or those of Debian's packages.
 */
final class PostgresBinaries {
    private static final Path DEBIAN_PROGRAMS = Path.of("/usr/lib/postgresql");
    private static final Path DEBIAN_DATA = Path.of("/usr/share/postgresql");

    private PostgresBinaries() {}

    /** Returns the newest release among the installed packages of Debian for which an extension is installed too. */
    static Optional<Integer> installedWith(String extension) {
        return IntStream.rangeClosed(14, 18)
                .filter(major -> Files.isExecutable(installed(major).resolve("bin/postgres")))
                .filter(major ->
                        Files.exists(DEBIAN_DATA.resolve(major + "/extension").resolve(extension + ".control")))
                .boxed()
                .max(Comparator.naturalOrder());
    }

    /** Returns the folder of an installed package that has {@code bin}. */
    static Path installed(int major) {
        return DEBIAN_PROGRAMS.resolve(String.valueOf(major));
    }

    /** Returns the folder that has {@code bin}, {@code lib} and {@code share}. */
    static Path unpacked(int major) {
        URL archive = PostgresBinaries.class.getResource("postgresql/" + major + "/postgres-linux-x86_64.txz");
        if (archive == null) {
            throw new IllegalArgumentException("There is PostgreSQL 14 to 18 to run, not " + major);
        }
        try {
            byte[] packed = archive.openStream().readAllBytes();
            String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
            Path folder = Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "millrace-postgresql-" + user,
                    major + "-" + Integer.toHexString(Arrays.hashCode(packed)));
            if (!Files.exists(folder)) {
                unpack(packed, folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL " + major + " could not be unpacked", e);
        }
    }

    private static void unpack(byte[] packed, Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        Path unfinished = Files.createTempDirectory(folder.getParent(), "unfinished-");
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, unfinished);
            }
        }
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // another process was faster; its copy is as good
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("The archive has an entry outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.createDirectories(target.getParent());
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(tar, target);
            Set<PosixFilePermission> permissions = new HashSet<>(PosixFilePermissions.fromString("rw-r--r--"));
            if ((entry.getMode() & 0100) != 0) {
                permissions.addAll(PosixFilePermissions.fromString("--x--x--x"));
            }
            Files.setPosixFilePermissions(target, permissions);
        }
    }
}
