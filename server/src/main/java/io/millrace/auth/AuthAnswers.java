package io.millrace.auth;

import io.millrace.http.Caller;
import io.millrace.secret.Secret;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers of the calls about access. */
final class AuthAnswers {
    private AuthAnswers() {}

    record RoleAnswer(
            String id,
            String key,
            String name,
            String description,
            Optional<Instant> createdAt,
            Optional<Instant> updatedAt,
            Collection<String> permissions) {
        static RoleAnswer of(Role role) {
            return new RoleAnswer(
                    role.id(),
                    role.key(),
                    role.displayName(),
                    role.description(),
                    Optional.empty(),
                    Optional.empty(),
                    role.permissions());
        }
    }

    record PermissionAnswer(String id, String key, String name, Optional<String> description) {
        static PermissionAnswer of(String permission) {
            String[] parts = permission.split(":", 2);
            String name = (parts[0].equals("read") ? "Read " : "Write ") + parts[1].replace('_', ' ');
            return new PermissionAnswer(permission, permission, name, Optional.empty());
        }
    }

    record User(String id, Optional<String> email, Optional<String> name, String tenantId) {}

    record CredentialAnswer(
            Optional<User> createdByUser,
            String clientId,
            Optional<String> description,
            Instant createdAt,
            List<RoleAnswer> roles,
            String serviceId,
            Optional<String> secret) {
        static CredentialAnswer of(ClientCredential credential, Optional<Secret> secret) {
            return new CredentialAnswer(
                    credential
                            .createdBy()
                            .map(id -> new User(id, Optional.empty(), Optional.empty(), credential.tenantId())),
                    credential.clientId(),
                    credential.description(),
                    credential.createdAt(),
                    credential.orderedRoles().stream().map(RoleAnswer::of).toList(),
                    credential.serviceId(),
                    secret.map(Secret::reveal));
        }

        @Override
        public String toString() {
            return "CredentialAnswer[clientId=" + clientId + "]";
        }
    }

    record WhoAmI(String tenantId, String serviceId, String sub, String tokenType, Optional<String> projectKeyId) {
        static WhoAmI of(Caller caller) {
            return new WhoAmI(
                    caller.tenantId(), caller.serviceId(), caller.subject(), "client_credentials", Optional.empty());
        }
    }

    static List<PermissionAnswer> permissions(Set<String> permissions) {
        return permissions.stream().map(PermissionAnswer::of).toList();
    }
}
