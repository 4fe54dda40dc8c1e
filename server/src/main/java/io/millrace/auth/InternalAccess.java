package io.millrace.auth;

import io.millrace.http.Caller;
import io.millrace.secret.Secret;
import java.util.Optional;
import java.util.Set;

/**
 * How parts of the platform itself call the schema registry: a client id and a secret that live as long as the process,
 * are in no store and may do nothing else.
 */
public final class InternalAccess {
    private static final String CLIENT_ID = "millrace-internal";
    private static final Set<String> PERMISSIONS = Set.of("read:schema_registry", "write:schema_registry");

    private final Secret secret;
    private final Services.Place place;

    InternalAccess(RandomText random, Services.Place place) {
        this.secret = random.next();
        this.place = place;
    }

    /** Returns {@code id:secret}, as HTTP Basic wants it. */
    public Secret userInfo() {
        return Secret.of(CLIENT_ID + ":" + secret.reveal());
    }

    Optional<Caller> authenticate(String clientId, Secret given) {
        return clientId.equals(CLIENT_ID) && given.equals(secret)
                ? Optional.of(new Caller(place.tenantId(), place.serviceId(), CLIENT_ID, PERMISSIONS, false))
                : Optional.empty();
    }
}
