package io.millrace.app;

import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where log lines go: to files in the data folder, and from WARN on to the standard error output. Standard output stays for people. */
public final class Logging {
    private static final String CONFIGURATION = "log4j2.configurationFile";

    private Logging() {}

    /** Sends the log to a folder. Has to come before the first line is logged; a configuration of the operator's own wins. */
    public static void into(Path folder) {
        System.setProperty("millrace.logs", folder.toAbsolutePath().toString());
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "classpath:io/millrace/app/log4j2.xml");
        }
        // Jersey and the PostgreSQL driver log elsewhere; what they have to say short of a failure is of no use.
        Logger.getLogger("").setLevel(Level.SEVERE);
    }
}
