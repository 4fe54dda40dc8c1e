package io.millrace.topic;

import io.millrace.http.Caller;
import java.util.Optional;

/** Where the schemas are of what clients write. */
public interface TopicSchemas {
    /** Returns the newest schema of a subject of the caller's. */
    Optional<Registered> newest(Caller caller, String subject);

    /**
     * A schema.
     *
     * @param id that records carry
     * @param text as Avro writes it
     */
    record Registered(int id, String text) {}
}
