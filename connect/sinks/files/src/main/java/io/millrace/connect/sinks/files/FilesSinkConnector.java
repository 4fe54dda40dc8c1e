package io.millrace.connect.sinks.files;

import io.millrace.connect.sinks.DestinationConnector;

/** Writes topics to files in an object store. */
public final class FilesSinkConnector extends DestinationConnector {
    /** As Connect makes it. */
    public FilesSinkConnector() {
        super(FilesSinkTask.class, FileSettings.DEFINITION);
    }
}
