package io.millrace.app;

import java.util.Arrays;
import java.util.Optional;

/** Each setting as it is written: a flag, a variable, or both. What is secret has no flag, since command lines can be seen. */
enum SettingName {
    PORT("--port", "MILLRACE_PORT"),
    BIND("--bind", "MILLRACE_BIND"),
    KAFKA_PORT("--kafka-port", "MILLRACE_KAFKA_PORT"),
    DATA("--data", "MILLRACE_DATA"),
    CLIENT_ID("", "MILLRACE_CLIENT_ID"),
    SECRET("", "MILLRACE_SECRET"),
    MASTER_KEY_FILE("--master-key-file", "MILLRACE_MASTER_KEY_FILE"),
    FORMAT("--format", "MILLRACE_FORMAT"),
    PLUGINS("--plugins", "MILLRACE_PLUGINS"),
    MIN_FREE("--min-free", "MILLRACE_MIN_FREE"),
    /** Read by the start script, not by us. */
    JAVA_OPTS("", "MILLRACE_JAVA_OPTS");

    private final String flag;
    private final String variable;

    SettingName(String flag, String variable) {
        this.flag = flag;
        this.variable = variable;
    }

    String variable() {
        return variable;
    }

    /** Returns how to speak of the setting. */
    String spelled() {
        return flag.isEmpty() ? variable : flag + " (" + variable + ")";
    }

    static Optional<SettingName> byFlag(String text) {
        return Arrays.stream(values())
                .filter(name -> !name.flag.isEmpty() && name.flag.equals(text))
                .findFirst();
    }

    static Optional<SettingName> byVariable(String text) {
        return Arrays.stream(values())
                .filter(name -> name.variable.equals(text))
                .findFirst();
    }

    /** Returns the known flag or variable that looks most like a text. */
    static String nearest(String text) {
        boolean flag = text.startsWith("-");
        return Arrays.stream(values())
                .map(name -> flag ? name.flag : name.variable)
                .filter(known -> !known.isEmpty())
                .min((a, b) -> Integer.compare(distance(text, a), distance(text, b)))
                .orElseThrow();
    }

    /** How many characters must be put in or taken out; a name that is only cut short stays near. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? diagonal : Integer.MAX_VALUE;
                diagonal = row[j];
                row[j] = Math.min(same, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
