package io.millrace.connector.smt;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.http.shape.Default;
import java.util.List;
import java.util.Optional;

/** What calls about chains carry. */
public final class SmtRequests {
    private SmtRequests() {}

    /**
     * A chain to write in the place of the one that is there.
     *
     * @param expectedRevision revision that the caller has read; empty only for the first write
     */
    public record Write(Optional<Integer> expectedRevision, List<Instance> transforms) {}

    /**
     * A transformation.
     *
     * @param id of the one to edit; empty for a new one
     * @param secretOperations what becomes of its secrets; those that none names stay
     */
    public record Instance(
            Optional<String> id,
            String type,
            String name,
            boolean enabled,
            ObjectNode config,
            @Default("") List<SecretOperation> secretOperations) {}

    /**
     * What becomes of one secret.
     *
     * @param pointer JSON pointer into the configuration
     * @param value the new secret
     */
    public record SecretOperation(String pointer, Operation operation, Optional<JsonNode> value) {}

    /** Sets a secret, or takes it away. */
    public enum Operation {
        @JsonProperty("replace")
        REPLACE,
        @JsonProperty("clear")
        CLEAR
    }
}
