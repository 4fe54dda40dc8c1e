package io.millrace.connector;

import java.io.Serial;

/** No plugin for the code of a connector is installed. */
public final class PluginMissingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public PluginMissingException(String code) {
        super(reason(code));
    }

    /** Returns the sentence with the remedy. */
    public static String reason(String code) {
        return "connector plugin '" + code + "' is not installed: put it into plugins/ (how: docs/guides/plugins.md)";
    }
}
