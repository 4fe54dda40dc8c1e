package io.millrace.auth;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The roles that can be given. Ids and keys are for good: clients and the store hold them. */
public enum Role {
    ADMIN("670e5ca40afe1d3983ce0a01", "admin", "Admin", "Everything", Permissions.all()),
    DATA_ADMIN(
            "670e5ca40afe1d3983ce0a02",
            "data-admin",
            "Data Admin",
            "Builds and runs data flows; no billing and no API credentials",
            union(
                    Permissions.readAllBut("billing", "client_credentials"),
                    Permissions.each(
                            "write",
                            "sources",
                            "destinations",
                            "pipelines",
                            "transforms",
                            "topics",
                            "topic_messages",
                            "consumer_groups",
                            "tags",
                            "alerts",
                            "kafka_access",
                            "project_keys"))),
    READ_ONLY(
            "670e5ca40afe1d3983ce0a03",
            "read-only",
            "Read Only",
            "Sees data flows; no messages, no keys, no Kafka users",
            Permissions.each(
                    "read",
                    "sources",
                    "source_metrics",
                    "destinations",
                    "destination_metrics",
                    "pipelines",
                    "pipeline_metrics",
                    "transforms",
                    "transform_metrics",
                    "topics",
                    "consumer_groups",
                    "schema_registry",
                    "tags",
                    "alerts",
                    "logs",
                    "dashboard",
                    "services",
                    "roles")),
    TEAM_MANAGEMENT(
            "670e5ca40afe1d3983ce0a04",
            "team-management",
            "Team Management",
            "Credentials and keys of a team",
            union(
                    Permissions.each("read", "roles", "client_credentials", "project_keys", "services"),
                    Permissions.each("write", "client_credentials", "project_keys"))),
    SUB_ACCOUNTS(
            "670e5ca40afe1d3983ce0a05",
            "sub-accounts",
            "Sub-Accounts",
            "Services and dashboard of the tenant's sub-accounts",
            Permissions.each("read", "services", "dashboard")),
    BILLING(
            "670e5ca40afe1d3983ce0a06",
            "billing",
            "Billing",
            "Usage and billing",
            Permissions.each("read", "billing", "services", "dashboard"));

    private final String id;
    private final String key;
    private final String displayName;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy
    private final Set<String> permissions;

    Role(String id, String key, String displayName, String description, Set<String> permissions) {
        this.id = id;
        this.key = key;
        this.displayName = displayName;
        this.description = description;
        this.permissions = Collections.unmodifiableSet(new LinkedHashSet<>(permissions));
    }

    /** Returns the role with this id or key. */
    static Optional<Role> find(String idOrKey) {
        return Arrays.stream(values())
                .filter(role -> role.id.equals(idOrKey) || role.key.equals(idOrKey))
                .findFirst();
    }

    public String id() {
        return id;
    }

    public String key() {
        return key;
    }

    public String displayName() {
        return displayName;
    }

    public String description() {
        return description;
    }

    /** Returns what the role may. */
    public Set<String> permissions() {
        return permissions;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return all;
    }
}
