package io.millrace.topic;

import io.millrace.store.Ids;
import io.millrace.store.Store;

/** The rows about topics, and the store that they are in. */
record TopicTables(Store store, TopicRepository topics, BindingRepository bindings, Ids ids) {
    TopicTables(Store store, Ids ids) {
        this(store, new TopicRepository(), new BindingRepository(), ids);
    }
}
