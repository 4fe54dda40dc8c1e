package io.millrace.schemaregistry;

/** Schemas that tests register. */
final class Texts {
    static final String ONE_FIELD =
            """
            {"type":"record","name":"Order","namespace":"shop","fields":[{"name":"id","type":"long"}]}""";

    /** Reads records of the first, and is read by it. */
    static final String WITH_OPTIONAL =
            """
            {"type":"record","name":"Order","namespace":"shop","fields":[{"name":"id","type":"long"},\
            {"name":"note","type":["null","string"],"default":null}]}""";

    /** Cannot read records of the others, which can read its records. */
    static final String WITH_REQUIRED =
            """
            {"type":"record","name":"Order","namespace":"shop","fields":[{"name":"id","type":"long"},\
            {"name":"total","type":"double"}]}""";

    static final String CAPTURED = "source_65a1b2c3d4e5f60718293a4b.public.orders-value";

    private Texts() {}
}
