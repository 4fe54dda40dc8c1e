package io.millrace.auth;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.secret.Secret;
import io.millrace.store.Ids;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** API credentials of a service. */
final class CredentialService {
    private final CredentialRepository credentials;
    private final Services services;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    CredentialService(CredentialRepository credentials, Services services, Ids ids, SecureRandom random, Clock clock) {
        this.credentials = credentials;
        this.services = services;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /** A new credential with the secret that is shown this once. */
    record Created(ClientCredential credential, Secret secret) {}

    List<ClientCredential> list(Caller caller) {
        return credentials.list(caller.tenantId(), caller.serviceId());
    }

    Created create(Caller caller, AuthRequests.NewCredential wanted) {
        Set<Role> roles = roles(wanted.roleIds());
        ClientCredential.permissions(roles).stream()
                .filter(permission -> !caller.may(permission))
                .findFirst()
                .ifPresent(permission -> {
                    throw ApiProblem.Forbidden.missing(permission);
                });
        ClientCredential credential = new ClientCredential(
                ids.next(),
                caller.tenantId(),
                service(caller, wanted.serviceId().filter(id -> !id.isBlank())),
                wanted.description(),
                wanted.createdFrom(),
                Optional.of(caller.subject()),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                roles);
        Secret secret = new RandomText(random).next();
        credentials.add(credential, SecretHash.of(secret, random));
        return new Created(credential, secret);
    }

    void delete(Caller caller, String clientId) {
        if (!credentials.revoke(caller.tenantId(), caller.serviceId(), clientId, clock.instant())) {
            throw new ApiProblem.NotFound("Client credential not found: " + clientId);
        }
    }

    private static Set<Role> roles(List<String> roleIds) {
        List<String> unknown = roleIds.stream()
                .filter(id -> Role.find(id).isEmpty())
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            throw new ApiProblem.BadRequest(
                    "Unknown roles: " + String.join(", ", unknown) + "; GET /auth/roles lists those that there are");
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roleIds.forEach(id -> roles.add(Role.find(id).orElseThrow()));
        return roles;
    }

    private String service(Caller caller, Optional<String> wanted) {
        if (wanted.isEmpty() || wanted.get().equals(caller.serviceId())) {
            return caller.serviceId();
        }
        if (!caller.admin()) {
            throw new ApiProblem.Forbidden("Only the role Admin can bind a credential to another service");
        }
        return services.find(Optional.of(caller.tenantId()), wanted)
                .map(Services.Place::serviceId)
                .orElseThrow(() -> new ApiProblem.BadRequest("Unknown service: " + wanted.get()));
    }
}
