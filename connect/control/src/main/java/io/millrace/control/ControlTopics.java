package io.millrace.control;

/** Names of the topics that carry control documents, and of the schema that marks them inside Connect. */
public final class ControlTopics {
    /** Compacted, one partition. Key: source id. Value: {@link DesiredSnapshot}. Written by the server only. */
    public static final String DESIRED = "millrace.snapshot.desired";

    /** Compacted, one partition. Key: {@link TopicProgress#key()}. Value: {@link TopicProgress}. Written by tasks. */
    public static final String PROGRESS = "millrace.snapshot.progress";

    /**
     * Name of the Connect BYTES schema of values and keys that are encoded already. The converters pass such bytes
     * through as they are.
     */
    public static final String ENCODED_SCHEMA = "io.millrace.Encoded";

    private ControlTopics() {}
}
