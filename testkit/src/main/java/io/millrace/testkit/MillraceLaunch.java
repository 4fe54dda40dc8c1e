package io.millrace.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the platform is started in a process of its own: with the Java and the class path of this process, and without any
 * setting that is not named here.
 *
 * @param home folder of an installation; {@code plugins} in it has one folder per connector, and is made when missing
 * @param options options of the JVM
 * @param arguments arguments of the platform
 * @param environment settings by the name of their environment variable
 * @param errors file for what the process writes to the standard error output; appended to
 */
public record MillraceLaunch(
        Path home, List<String> options, List<String> arguments, Map<String, String> environment, Path errors) {
    /** The first credential of a platform that is started with {@link #credential}. */
    public static final String CLIENT_ID = "testkit";

    /** The first credential's secret. */
    public static final String SECRET = "of-this-process-only";

    public MillraceLaunch {
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Returns a launch with the options that {@code ./millrace} gives the JVM to save memory, and nothing else. */
    public static MillraceLaunch of(Path home, Path errors) {
        return new MillraceLaunch(
                home, List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), List.of(), Map.of(), errors);
    }

    /** Replaces the options of the JVM. */
    public MillraceLaunch options(List<String> others) {
        return new MillraceLaunch(home, others, arguments, environment, errors);
    }

    /** Adds arguments. */
    public MillraceLaunch arguments(String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return new MillraceLaunch(home, options, all, environment, errors);
    }

    /** Adds settings. */
    public MillraceLaunch environment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new MillraceLaunch(home, options, arguments, all, errors);
    }

    /** Adds a data folder, and ports that are free now and stay the same over restarts. */
    public MillraceLaunch on(Path data) {
        return arguments(
                "--port", String.valueOf(FreePorts.next()),
                "--kafka-port", String.valueOf(FreePorts.next()),
                "--data", data.toString());
    }

    /** Adds a first credential that is known beforehand. */
    public MillraceLaunch credential() {
        return environment(Map.of("MILLRACE_CLIENT_ID", CLIENT_ID, "MILLRACE_SECRET", SECRET));
    }

    Process begin() throws IOException {
        Files.createDirectories(home.resolve("plugins"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Dmillrace.home=" + home.toAbsolutePath().normalize());
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add("io.millrace.app.Main");
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
