package io.millrace.engine.embedded;

import java.nio.file.Path;

/**
 * What the embedded engine needs to know.
 *
 * @param data folder that it keeps everything in, made when it is not there
 * @param plugins folder with one folder per connector or converter
 * @param bind address that the broker listens on for clients
 * @param kafkaPort port for clients; 0 takes a free one
 * @param controllerPort loopback port on which the broker talks to its controller; 0 takes a free one
 * @param exactlyOnce whether sources write in transactions, together with their offsets; off is for measurements of what
 *     that costs
 */
public record EmbeddedSettings(
        Path data, Path plugins, String bind, int kafkaPort, int controllerPort, boolean exactlyOnce) {
    public EmbeddedSettings {
        if (bind.isBlank()) {
            throw new IllegalArgumentException("the broker needs an address to listen on, for example 127.0.0.1");
        }
        requirePort("Kafka", kafkaPort);
        requirePort("controller", controllerPort);
        data = data.toAbsolutePath().normalize();
        plugins = plugins.toAbsolutePath().normalize();
    }

    /** Settings with exactly-once on. */
    public EmbeddedSettings(Path data, Path plugins, String bind, int kafkaPort, int controllerPort) {
        this(data, plugins, bind, kafkaPort, controllerPort, true);
    }

    /** Settings for a broker on loopback with a controller port of its own choice, exactly-once on. */
    public EmbeddedSettings(Path data, Path plugins, int kafkaPort) {
        this(data, plugins, "127.0.0.1", kafkaPort, 0);
    }

    private static void requirePort(String what, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the " + what + " port must be between 0 and 65535, not " + port);
        }
    }
}
