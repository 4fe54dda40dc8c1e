package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.secret.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    private static final Path HOME = Path.of("/opt/millrace");

    @Test
    void knowsEveryDefault() {
        assertThat(read(List.of(), Map.of("PATH", "/bin")))
                .isEqualTo(new Settings(
                        "127.0.0.1",
                        8080,
                        9092,
                        Path.of("data"),
                        Optional.empty(),
                        Optional.empty(),
                        Path.of("data/master.key"),
                        RecordFormat.AVRO,
                        Path.of("/opt/millrace/plugins"),
                        256L << 20));
    }

    @Test
    void mapsEveryVariable() {
        assertThat(read(
                        List.of(),
                        Map.of(
                                "MILLRACE_BIND", "0.0.0.0",
                                "MILLRACE_PORT", "81",
                                "MILLRACE_KAFKA_PORT", "82",
                                "MILLRACE_DATA", "/d",
                                "MILLRACE_CLIENT_ID", "me",
                                "MILLRACE_SECRET", "mine",
                                "MILLRACE_MASTER_KEY_FILE", "/k",
                                "MILLRACE_FORMAT", "JSON",
                                "MILLRACE_PLUGINS", "/p",
                                "MILLRACE_MIN_FREE", "3GiB")))
                .isEqualTo(new Settings(
                        "0.0.0.0",
                        81,
                        82,
                        Path.of("/d"),
                        Optional.of("me"),
                        Optional.of(Secret.of("mine")),
                        Path.of("/k"),
                        RecordFormat.JSON,
                        Path.of("/p"),
                        3L << 30));
    }

    @Test
    void mapsEveryFlagAndPrefersItToTheVariable() {
        assertThat(read(
                        List.of(
                                "--bind",
                                "::1",
                                "--port=1",
                                "--kafka-port",
                                "0",
                                "--data",
                                "/d",
                                "--master-key-file=/k",
                                "--format",
                                "json",
                                "--plugins",
                                "/p",
                                "--min-free",
                                "0"),
                        Map.of("MILLRACE_PORT", "2", "MILLRACE_DATA", "/other")))
                .isEqualTo(new Settings(
                        "::1",
                        1,
                        0,
                        Path.of("/d"),
                        Optional.empty(),
                        Optional.empty(),
                        Path.of("/k"),
                        RecordFormat.JSON,
                        Path.of("/p"),
                        0));
    }

    @Test
    void keepsTheMasterKeyInTheDataFolderThatWasChosen() {
        assertThat(read(List.of("--data", "/d"), Map.of()).masterKeyFile()).isEqualTo(Path.of("/d/master.key"));
    }

    @Test
    void leavesTheOptionsOfTheJvmToTheScript() {
        assertThat(read(List.of(), Map.of("MILLRACE_JAVA_OPTS", "-Xmx1g"))).isEqualTo(read(List.of(), Map.of()));
    }

    @Test
    void takesAnEmptyVariableForOneThatIsNotSet() {
        assertThat(read(List.of(), Map.of("MILLRACE_PORT", "")).port()).isEqualTo(8080);
    }

    @ParameterizedTest
    @CsvSource({"--prot, --port", "--kafkaport, --kafka-port", "-data, --data"})
    void stopsAtAnUnknownFlagWithTheNearestOne(String flag, String nearest) {
        assertThatThrownBy(() -> read(List.of(flag, "x"), Map.of()))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("unknown setting " + flag)
                .hasMessageContaining(nearest);
    }

    @ParameterizedTest
    @CsvSource({
        "MILLRACE_PROT, MILLRACE_PORT",
        "MILLRACE_CLIENTID, MILLRACE_CLIENT_ID",
        "MILLRACE_KEY_FILE, MILLRACE_MASTER_KEY_FILE"
    })
    void stopsAtAnUnknownVariableWithTheNearestOne(String variable, String nearest) {
        assertThatThrownBy(() -> read(List.of(), Map.of(variable, "hush")))
                .isInstanceOf(StartProblem.class)
                .hasMessage("unknown setting " + variable + "; did you mean " + nearest + "?");
    }

    @ParameterizedTest
    @CsvSource({
        "--port, 65536, '--port (MILLRACE_PORT) must be a port from 0 (any free one) to 65535, not ''65536'''",
        "--port, http, '--port (MILLRACE_PORT) must be a port from 0 (any free one) to 65535, not ''http'''",
        "--min-free, 5%, '--min-free (MILLRACE_MIN_FREE) must be a size such as 256MiB or 2GiB, or 0, not ''5%'''",
        "--format, protobuf, '--format (MILLRACE_FORMAT) must be avro or json, not ''protobuf'''"
    })
    void saysWhatAValueMustBe(String flag, String value, String message) {
        assertThatThrownBy(() -> read(List.of(flag, value), Map.of()))
                .isInstanceOf(StartProblem.class)
                .hasMessage(message);
    }

    @Test
    void takesNoSecretFromTheCommandLine() {
        assertThatThrownBy(() -> read(List.of("--secret", "hush"), Map.of()))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("set MILLRACE_SECRET")
                .hasMessageNotContaining("hush");
    }

    @Test
    void takesNoArgumentsButFlags() {
        assertThatThrownBy(() -> read(List.of("8080"), Map.of())).hasMessageContaining("unexpected argument '8080'");
    }

    @Test
    void asksForTheValueOfAFlag() {
        assertThatThrownBy(() -> read(List.of("--port"), Map.of())).hasMessage("--port needs a value");
    }

    private static Settings read(List<String> arguments, Map<String, String> environment) {
        return SettingsReader.read(arguments, environment, HOME);
    }
}
