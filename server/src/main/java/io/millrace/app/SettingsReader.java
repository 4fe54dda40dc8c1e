package io.millrace.app;

import io.millrace.secret.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads settings off the command line and the environment; the command line wins. */
final class SettingsReader {
    private static final String OURS = "MILLRACE_";
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KiB|MiB|GiB)?");

    private final Map<SettingName, String> given = new EnumMap<>(SettingName.class);
    private final Path home;

    private SettingsReader(Path home) {
        this.home = home;
    }

    /**
     * Returns the settings; throws {@link StartProblem} for one that is unknown or makes no sense.
     *
     * @param home folder of the installation
     */
    static Settings read(List<String> arguments, Map<String, String> environment, Path home) {
        SettingsReader reader = new SettingsReader(home);
        reader.environment(environment);
        reader.arguments(arguments);
        return reader.settings();
    }

    private void environment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (!variable.startsWith(OURS)) {
                return;
            }
            SettingName name = SettingName.byVariable(variable).orElseThrow(() -> unknown(variable));
            // An empty variable is how a shell says that it is not set.
            if (!value.isBlank()) {
                given.put(name, value);
            }
        });
    }

    private void arguments(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String[] parts = arguments.get(i).split("=", 2);
            if (!parts[0].startsWith("-")) {
                throw new StartProblem(
                        "unexpected argument '" + parts[0] + "'; settings are flags such as --port 8080");
            }
            SettingName name = SettingName.byFlag(parts[0]).orElseThrow(() -> unknown(parts[0]));
            if (parts.length == 2) {
                given.put(name, parts[1]);
            } else if (++i < arguments.size()) {
                given.put(name, arguments.get(i));
            } else {
                throw new StartProblem(parts[0] + " needs a value");
            }
        }
    }

    private Settings settings() {
        Path data = path(SettingName.DATA, Path.of("data"));
        Settings defaults = Settings.defaults(home, data);
        return new Settings(
                given.getOrDefault(SettingName.BIND, defaults.bind()),
                port(SettingName.PORT, defaults.port()),
                port(SettingName.KAFKA_PORT, defaults.kafkaPort()),
                data,
                Optional.ofNullable(given.get(SettingName.CLIENT_ID)),
                Optional.ofNullable(given.get(SettingName.SECRET)).map(Secret::of),
                path(SettingName.MASTER_KEY_FILE, defaults.masterKeyFile()),
                format(defaults.format()),
                path(SettingName.PLUGINS, defaults.plugins()),
                bytes(SettingName.MIN_FREE, defaults.minFreeBytes()));
    }

    private long bytes(SettingName name, long otherwise) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw wrong(name, "a size such as 256MiB or 2GiB, or 0", text);
        }
        return Long.parseLong(size.group(1))
                << switch (String.valueOf(size.group(2))) {
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    case "GiB" -> 30;
                    default -> 0;
                };
    }

    private int port(SettingName name, int otherwise) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw wrong(name, "a port from 0 (any free one) to 65535", text);
        }
        return Integer.parseInt(text);
    }

    private Path path(SettingName name, Path otherwise) {
        String text = given.get(name);
        try {
            return text == null ? otherwise : Path.of(text);
        } catch (InvalidPathException e) {
            throw wrong(name, "a path", text);
        }
    }

    private RecordFormat format(RecordFormat otherwise) {
        String text = given.get(SettingName.FORMAT);
        if (text == null) {
            return otherwise;
        }
        for (RecordFormat format : RecordFormat.values()) {
            if (format.key().equals(text.toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        throw wrong(SettingName.FORMAT, "avro or json", text);
    }

    private static StartProblem unknown(String text) {
        String variable = OURS + text.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
        if (text.startsWith("--") && SettingName.byVariable(variable).isPresent()) {
            return new StartProblem(text + " is no flag, since others can see command lines; set " + variable);
        }
        return new StartProblem("unknown setting " + text + "; did you mean " + SettingName.nearest(text) + "?");
    }

    private static StartProblem wrong(SettingName name, String wanted, String text) {
        return new StartProblem(name.spelled() + " must be " + wanted + ", not '" + text + "'");
    }
}
