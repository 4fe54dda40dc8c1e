package io.millrace.app;

import io.millrace.secret.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an operator can set.
 *
 * @param bind address that the API and the broker listen on
 * @param port port of the REST API, 0 for any free one
 * @param kafkaPort port of the embedded broker, 0 for any free one
 * @param data folder for everything that is kept
 * @param clientId id of the first credential; made at the first start when absent
 * @param secret secret of the first credential; made at the first start when absent
 * @param masterKeyFile file with the key that seals secrets at rest
 * @param format how records are written to topics
 * @param plugins folder with one folder per connector
 * @param minFreeBytes room on the disk of the data folder below which sources are paused; 0 never pauses them
 */
public record Settings(
        String bind,
        int port,
        int kafkaPort,
        Path data,
        Optional<String> clientId,
        Optional<Secret> secret,
        Path masterKeyFile,
        RecordFormat format,
        Path plugins,
        long minFreeBytes) {
    private static final long DEFAULT_MIN_FREE_BYTES = 256L << 20;

    public Settings {
        data = data.toAbsolutePath().normalize();
        masterKeyFile = masterKeyFile.toAbsolutePath().normalize();
        plugins = plugins.toAbsolutePath().normalize();
    }

    /**
     * Settings with everything at its default but where things are.
     *
     * @param home folder of the installation
     */
    public static Settings defaults(Path home, Path data) {
        return new Settings(
                "127.0.0.1",
                8080,
                9092,
                data,
                Optional.empty(),
                Optional.empty(),
                data.resolve("master.key"),
                RecordFormat.AVRO,
                home.resolve("plugins"),
                DEFAULT_MIN_FREE_BYTES);
    }

    /** Returns the same settings with other ports; 0 for any free one. */
    public Settings withPorts(int apiPort, int brokerPort) {
        return new Settings(
                bind, apiPort, brokerPort, data, clientId, secret, masterKeyFile, format, plugins, minFreeBytes);
    }
}
