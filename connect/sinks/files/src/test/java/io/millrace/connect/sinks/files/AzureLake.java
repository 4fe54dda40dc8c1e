package io.millrace.connect.sinks.files;

import io.millrace.connect.sinks.fixtures.DrivenTask;
import io.millrace.testkit.AzuriteServer;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** A container that tasks write to. */
record AzureLake(AzuriteServer server, String container) {
    AzureLake(AzuriteServer server) {
        this(server, server.createContainer());
    }

    /** Starts a task; settings on top of those that lead here. */
    DrivenTask task(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "file.store",
                "azblob",
                "azblob.connection.string",
                server.connectionString(),
                "azblob.container.name",
                container,
                "format.output.type",
                "jsonl",
                "file.compression.type",
                "none"));
        all.putAll(settings);
        return new DrivenTask(new FilesSinkTask(Clock.systemUTC()), all);
    }

    String text(String name) {
        return Lake.textOf(server.object(container, name));
    }
}
