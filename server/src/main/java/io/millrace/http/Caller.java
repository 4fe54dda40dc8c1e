package io.millrace.http;

import java.util.Set;

/**
 * Who is asking, and on whose behalf. Every list and lookup is scoped to tenant and service.
 *
 * @param subject client id of the credential
 * @param permissions what the caller may, for example {@code write:sources}
 * @param admin whether the role Admin is held
 */
public record Caller(String tenantId, String serviceId, String subject, Set<String> permissions, boolean admin) {
    public Caller {
        permissions = Set.copyOf(permissions);
    }

    /** Returns whether the caller holds the permission. */
    public boolean may(String permission) {
        return permissions.contains(permission);
    }
}
