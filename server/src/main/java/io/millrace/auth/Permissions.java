package io.millrace.auth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every permission there is. */
final class Permissions {
    private static final List<String> RESOURCES = List.of(
            "alerts",
            "billing",
            "client_credentials",
            "consumer_groups",
            "dashboard",
            "destination_metrics",
            "destinations",
            "kafka_access",
            "logs",
            "pipeline_metrics",
            "pipelines",
            "project_keys",
            "roles",
            "schema_registry",
            "services",
            "source_metrics",
            "sources",
            "tags",
            "topic_messages",
            "topics",
            "transform_metrics",
            "transforms");

    private static final Set<String> WRITABLE = Set.of(
            "alerts",
            "client_credentials",
            "consumer_groups",
            "destinations",
            "kafka_access",
            "pipelines",
            "project_keys",
            "schema_registry",
            "sources",
            "tags",
            "topic_messages",
            "topics",
            "transforms");

    private Permissions() {}

    /** Returns all of them, by resource. */
    static Set<String> all() {
        Set<String> all = new LinkedHashSet<>();
        for (String resource : RESOURCES) {
            all.add("read:" + resource);
            if (WRITABLE.contains(resource)) {
                all.add("write:" + resource);
            }
        }
        return all;
    }

    /** Returns the permissions to read, except for some resources. */
    static Set<String> readAllBut(String... resources) {
        Set<String> read = new LinkedHashSet<>();
        for (String resource : RESOURCES) {
            if (!List.of(resources).contains(resource)) {
                read.add("read:" + resource);
            }
        }
        return read;
    }

    /** Returns one kind of access to some resources. */
    static Set<String> each(String access, String... resources) {
        Set<String> each = new LinkedHashSet<>();
        for (String resource : resources) {
            each.add(access + ":" + resource);
        }
        return each;
    }
}
