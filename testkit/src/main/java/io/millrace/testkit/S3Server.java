package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A store that speaks the protocol of S3, on the loopback address, in a process of its own. Buckets are folders and objects
 * are files, so that tests look at them without asking it. Thread-safe.
 */
public final class S3Server implements AutoCloseable {
    /** Id of the access key. */
    public static final String KEY = "millrace-test-key";

    /** The secret that belongs to it. */
    public static final String SECRET = "millrace-test-secret";

    private static final int START_SECONDS = 60;
    private static final int LOOK_MILLIS = 50;

    private final AtomicInteger buckets = new AtomicInteger();
    private final int port = FreePorts.next();
    private final Path home;
    private Optional<Process> process = Optional.empty();
    private Optional<LastWill> will = Optional.empty();

    private S3Server() throws IOException {
        home = Files.createTempDirectory("millrace-s3-");
        Files.createDirectory(data());
        Files.writeString(
                home.resolve("s3proxy.conf"),
                String.join(
                        "\n",
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + KEY,
                        "s3proxy.credential=" + SECRET,
                        "s3proxy.endpoint=" + endpoint(),
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + data(),
                        ""));
    }

    /** Starts a server and waits until it takes requests. */
    public static S3Server start() {
        try {
            S3Server server = new S3Server();
            server.restart();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("No folder could be made for an S3 server", e);
        }
    }

    /** Starts the server again after {@link #kill}, on the same port with the same objects. */
    public synchronized void restart() {
        if (process.isPresent()) {
            throw new IllegalStateException("The server is still running; kill it first");
        }
        try {
            Path output = home.resolve("server.log");
            Process started = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            Files.readString(classPath()).strip(),
                            "org.gaul.s3proxy.Main",
                            "--properties",
                            home.resolve("s3proxy.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process = Optional.of(started);
            will = Optional.of(LastWill.of(List.of("kill", "-9", String.valueOf(started.pid())), home));
            awaitReady(started, output);
        } catch (IOException e) {
            throw new UncheckedIOException("The S3 server cannot be run", e);
        }
    }

    /** Ends the server at once; its objects stay. */
    public synchronized void kill() {
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
        process = Optional.empty();
        will.ifPresent(LastWill::close);
        will = Optional.empty();
    }

    /** Returns the URL of the store. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** Makes an empty bucket with a name of its own. */
    public String createBucket() {
        String name = "bucket-" + buckets.incrementAndGet();
        try {
            Files.createDirectory(data().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name;
    }

    /** Returns the names of the objects in a bucket, sorted. */
    public List<String> objects(String bucket) {
        Path folder = data().resolve(bucket);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the content of an object, as a file that must not be changed. */
    public Path object(String bucket, String name) {
        return data().resolve(bucket).resolve(name);
    }

    /** Stops the server and deletes its objects. */
    @Override
    public synchronized void close() {
        kill();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The objects of an S3 server could not be deleted: " + home, e);
        }
    }

    private Path data() {
        return home.resolve("data");
    }

    /** The build writes it; see the module testkit/s3server. */
    private static Path classPath() throws IOException {
        try {
            Path here = Path.of(S3Server.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path file = here.resolve("../../s3server/target/classpath").normalize();
            if (!Files.exists(file)) {
                throw new IOException(file + " is missing: build the module testkit/s3server");
            }
            return file;
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private void awaitReady(Process started, Path output) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (hasEnded(started) || System.nanoTime() > deadline) {
                kill();
                throw new IllegalStateException("The S3 server did not start: " + Files.readString(output));
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LOOK_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasEnded(Process running) {
        try {
            return running.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the S3 server started", e);
        }
    }
}
