package io.millrace.auth;

import io.millrace.http.Authenticator;
import io.millrace.secret.Secret;
import io.millrace.store.Ids;
import io.millrace.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** Everything about access, wired. */
public final class Access {
    private final Authenticator authenticator;
    private final AuthResource resource;
    private final InternalAccess internal;
    private final FirstCredential first;
    private final Services.Place place;

    public Access(Store store, Ids ids, SecureRandom random, Clock clock) {
        CredentialRepository credentials = new CredentialRepository(store);
        TokenRepository tokens = new TokenRepository(store);
        Services services = new Services(store);
        SecretCheck check = new SecretCheck(random);
        RandomText text = new RandomText(random);
        place = services.first(ids, clock.instant());
        internal = new InternalAccess(text, place);
        authenticator = new CallerLookup(tokens, services, new BasicLogin(credentials, check, internal), clock);
        resource = new AuthResource(
                new TokenService(credentials, tokens, check, text, clock),
                new CredentialService(credentials, services, ids, random, clock));
        first = new FirstCredential(credentials, ids, random, clock);
    }

    public Authenticator authenticator() {
        return authenticator;
    }

    public AuthResource resource() {
        return resource;
    }

    /** Returns how the platform's own converters call the schema registry. */
    public InternalAccess internal() {
        return internal;
    }

    /** Returns the default tenant and service. */
    public Services.Place defaultPlace() {
        return place;
    }

    /**
     * Sees to it that somebody can log in.
     *
     * @param file where a credential that had to be made is kept
     * @return what to show, once, if one was made: client id and secret
     */
    public Optional<String> ensureAdmin(Optional<String> clientId, Optional<Secret> secret, Path file)
            throws IOException {
        return first.ensure(place, new FirstCredential.Given(clientId, secret), file)
                .map(made -> "client_id " + made.clientId()
                        + (secret.isPresent() ? "" : " secret " + made.secret().reveal()));
    }
}
