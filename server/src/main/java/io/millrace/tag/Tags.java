package io.millrace.tag;

import io.millrace.connector.Connectors;
import java.util.List;

/** Makes everything about tags. */
public final class Tags {
    private final TagResource resource;

    /** Wires tags; {@code uses} say what has them. */
    public Tags(Connectors.Foundation foundation, List<TagUse> uses) {
        resource = new TagResource(new TagService(foundation.store(), uses, foundation.ids(), foundation.clock()));
    }

    /** Returns what serves the calls about tags. */
    public Object resource() {
        return resource;
    }
}
