package io.millrace.connector;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tells what needs a connector, which therefore must not go. */
@FunctionalInterface
public interface ConnectorUse {
    /** Returns what uses the connector, in words, for example {@code pipeline 'orders'}. */
    Optional<String> of(Handle handle, ConnectorId connector);
}
