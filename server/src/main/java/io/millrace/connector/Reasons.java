package io.millrace.connector;

import java.util.Optional;

/** Finds the sentence for people in what failed. */
public final class Reasons {
    private static final String CAUSE = "Caused by: ";

    private Reasons() {}

    /** Returns the message at the root of a stack trace. */
    public static String ofTrace(String trace) {
        String root = trace.lines()
                .filter(line -> line.startsWith(CAUSE))
                .reduce((first, last) -> last)
                .map(line -> line.substring(CAUSE.length()))
                .or(() -> trace.lines().findFirst())
                .orElse("");
        return sentence(root);
    }

    /** Returns the message at the root of a failure. */
    public static String of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return Optional.ofNullable(root.getMessage())
                .filter(message -> !message.isBlank())
                .orElse(root.getClass().getSimpleName());
    }

    /** Takes off the name of the exception's class. */
    private static String sentence(String line) {
        String text = line.replaceFirst("^[\\w.$]+(Exception|Error)(: |$)", "").strip();
        return text.isEmpty() ? "The connector failed without saying why; its trace may tell" : text;
    }
}
