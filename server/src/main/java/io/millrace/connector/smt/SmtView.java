package io.millrace.connector.smt;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A chain as clients read it.
 *
 * @param desired as it is to be
 * @param lastApplied as it ran last, which is the same once the data plane has followed
 */
public record SmtView(Snapshot desired, Optional<Snapshot> lastApplied, Status applicationStatus) {
    /** Whether the desired chain runs. */
    public enum Status {
        @JsonProperty("pending")
        PENDING,
        @JsonProperty("applied")
        APPLIED,
        @JsonProperty("failed")
        FAILED
    }

    /** A chain at one revision. */
    public record Snapshot(int chainRevision, Optional<Long> deploymentGeneration, List<Instance> transforms) {
        public Snapshot {
            transforms = List.copyOf(transforms);
        }
    }

    /**
     * A transformation.
     *
     * @param kind always {@code opaque}: a class with options of its own
     * @param configuredSecretPaths pointers of the secrets that are set; their values are never answered
     */
    public record Instance(
            String kind,
            String id,
            String alias,
            String type,
            String name,
            boolean enabled,
            ObjectNode config,
            List<String> configuredSecretPaths) {
        static Instance of(SmtInstance instance) {
            return new Instance(
                    "opaque",
                    instance.id(),
                    instance.alias(),
                    instance.type(),
                    instance.name(),
                    instance.enabled(),
                    instance.config(),
                    instance.secrets());
        }
    }

    static Snapshot snapshot(int revision, Optional<Long> generation, List<SmtInstance> transforms) {
        return new Snapshot(
                revision, generation, transforms.stream().map(Instance::of).toList());
    }
}
