package io.millrace.connector.smt;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The chain of a connector as it is to be.
 *
 * @param revision grows by one with every write
 * @param connectorRevision the connector's, when this was written; once it has followed to it, the chain runs
 * @param secrets sealed, by {@code <id of the transformation><JSON pointer>}
 * @param before what ran before
 */
record SmtChain(
        int revision,
        long connectorRevision,
        List<SmtInstance> transforms,
        Map<String, String> secrets,
        Optional<Applied> before) {
    SmtChain {
        transforms = List.copyOf(transforms);
        secrets = Map.copyOf(secrets);
    }

    /** A chain that ran. */
    record Applied(int revision, List<SmtInstance> transforms) {
        Applied {
            transforms = List.copyOf(transforms);
        }
    }
}
