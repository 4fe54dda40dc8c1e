package io.millrace.tag;

/** Kind of record that a tag may be put on. */
public enum TagType {
    /** For built-in tags only. */
    ENVIRONMENT,
    /** For built-in tags only. */
    GENERAL,
    SOURCES,
    DESTINATIONS,
    PIPELINES,
    TRANSFORMS,
    TOPICS,
    SERVICES,
    USERS,
    TENANT;

    boolean builtInOnly() {
        return this == ENVIRONMENT || this == GENERAL;
    }
}
