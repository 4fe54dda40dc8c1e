package io.millrace.auth;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * An API credential, without its secret.
 *
 * @param createdBy subject of the caller who made it; none for the first one
 */
record ClientCredential(
        String clientId,
        String tenantId,
        String serviceId,
        Optional<String> description,
        CreatedFrom createdFrom,
        Optional<String> createdBy,
        Instant createdAt,
        Set<Role> roles) {
    ClientCredential {
        roles = Set.copyOf(roles);
    }

    Set<String> permissions() {
        return permissions(roles);
    }

    static Set<String> permissions(Collection<Role> roles) {
        Set<String> permissions = new LinkedHashSet<>();
        roles.forEach(role -> permissions.addAll(role.permissions()));
        return permissions;
    }

    /** Returns the roles in the order of their table. */
    Set<Role> orderedRoles() {
        return roles.isEmpty() ? Set.of() : EnumSet.copyOf(roles);
    }

    boolean admin() {
        return roles.contains(Role.ADMIN);
    }
}
