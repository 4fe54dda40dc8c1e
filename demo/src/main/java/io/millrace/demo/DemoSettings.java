package io.millrace.demo;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the command line of the demo says.
 *
 * @param exit end after the tour instead of staying up
 * @param port of the REST API; empty means the usual one, or a free one when that is taken
 * @param kafkaPort of the broker, likewise
 */
record DemoSettings(boolean exit, OptionalInt port, OptionalInt kafkaPort) {
    /** Reads the arguments; throws {@link IllegalArgumentException} with a sentence for a person. */
    static DemoSettings parse(List<String> arguments) {
        boolean exit = false;
        OptionalInt port = OptionalInt.empty();
        OptionalInt kafkaPort = OptionalInt.empty();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--exit" -> exit = true;
                case "--port" -> port = OptionalInt.of(number(argument, arguments, ++i));
                case "--kafka-port" -> kafkaPort = OptionalInt.of(number(argument, arguments, ++i));
                default ->
                    throw new IllegalArgumentException(
                            "unknown option " + argument + "; the demo knows --exit, --port N and --kafka-port N");
            }
        }
        return new DemoSettings(exit, port, kafkaPort);
    }

    private static int number(String option, List<String> arguments, int at) {
        String text = at < arguments.size() ? arguments.get(at) : "";
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException(option + " needs a port from 1 to 65535, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
