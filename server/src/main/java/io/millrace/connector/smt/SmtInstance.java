package io.millrace.connector.smt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One transformation of a chain.
 *
 * @param type class of the transformation, as Connect names it
 * @param config its options, those that are secret left out
 * @param secrets JSON pointers of the options that are kept as secrets
 */
record SmtInstance(String id, String type, String name, boolean enabled, ObjectNode config, List<String> secrets) {
    SmtInstance {
        config = config.deepCopy();
        secrets = List.copyOf(secrets);
    }

    /** Returns the name by which Connect knows it, which no key of a client has. */
    String alias() {
        return "smt_" + name;
    }
}
