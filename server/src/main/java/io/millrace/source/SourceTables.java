package io.millrace.source;

import io.millrace.store.Ids;

/** The rows that belong to sources. */
record SourceTables(
        SourceRepository sources, TopicRepository topics, ObjectRepository things, RemnantRepository remnants) {
    SourceTables(Ids ids) {
        this(new SourceRepository(), new TopicRepository(ids), new ObjectRepository(), new RemnantRepository(ids));
    }
}
