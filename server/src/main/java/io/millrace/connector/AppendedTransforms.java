package io.millrace.connector;

import java.util.Map;
import java.util.Optional;

/** Transformations that clients append to those of the keys. */
public interface AppendedTransforms {
    /** Returns the properties of a connector with its appended transformations, if it has any, at the end of the chain. */
    Map<String, String> appendTo(Connector connector, Map<String, String> properties);

    /** Returns the secret of an appended transformation behind a reference; nothing for what is no such reference. */
    Optional<String> secret(ConnectorId connector, String key);
}
