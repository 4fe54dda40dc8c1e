package io.millrace.process;

import io.millrace.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The platform as a process of its own, without connectors, on free ports unless told otherwise. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final Path errors;
    private final List<String> printed = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private ServerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** Starts a process with the arguments as they are. */
    static ServerProcess run(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dmillrace.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(Arrays.asList(arguments));
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
        builder.environment().putAll(environment);
        Files.createDirectories(folder.resolve("plugins"));
        return new ServerProcess(builder.start(), errors);
    }

    /** Starts the platform on a data folder and waits until it is ready. */
    static ServerProcess up(Path folder, Path data) throws IOException {
        ServerProcess started = run(folder, Map.of(), "--port", "0", "--kafka-port", "0", "--data", data.toString());
        started.awaitReady();
        return started;
    }

    /** Returns what it printed for people until it was ready. */
    List<String> printed() {
        return printed;
    }

    /** Returns what it printed to the standard error output so far. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** Returns the address of the API. */
    URI url() {
        return URI.create(printed.get(printed.size() - 1).split(" ", -1)[2]);
    }

    /** Ends it as a crash would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Tells it to end (SIGTERM); returns whether it did so in time. */
    boolean end(long seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** Returns the exit status of a process that ends by itself. */
    Optional<Integer> status() throws InterruptedException {
        return process.waitFor(60, TimeUnit.SECONDS) ? Optional.of(process.exitValue()) : Optional.empty();
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url().resolve(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void awaitReady() {
        // Not closed: the process goes on writing to it.
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.add(line);
                if (line.startsWith("millrace ready")) {
                    return;
                }
            }
            throw new AssertionError("ended before it was ready: " + errors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
