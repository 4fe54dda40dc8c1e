package io.millrace.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.http.Json;
import io.millrace.secret.PrivateFile;
import io.millrace.secret.Secret;
import io.millrace.store.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * Sees to it that somebody can log in. What the operator gave wins and is brought into force at each start; otherwise one Admin
 * credential is made when there is none, shown once, and kept in a file that only its owner may read. Whoever can write that
 * file or set the environment can therefore always get back in.
 */
final class FirstCredential {
    private final CredentialRepository credentials;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    FirstCredential(CredentialRepository credentials, Ids ids, SecureRandom random, Clock clock) {
        this.credentials = credentials;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /** What the operator gave, each or none. */
    record Given(Optional<String> clientId, Optional<Secret> secret) {}

    /** A credential that was just made, to be shown once. */
    record Made(String clientId, Secret secret) {}

    /** Returns the credential if one was made. */
    Optional<Made> ensure(Services.Place place, Given given, Path file) throws IOException {
        if (given.clientId().isEmpty() && given.secret().isEmpty()) {
            return credentials.hasAdmin() ? Optional.empty() : Optional.of(make(place, given, file));
        }
        Optional<String> clientId = given.clientId().or(() -> kept(file));
        if (clientId.isEmpty() || (given.secret().isEmpty() && !credentials.exists(clientId.get()))) {
            return Optional.of(make(place, given, file));
        }
        if (given.secret().isPresent()) {
            bring(place, clientId.get(), given.secret().get());
        }
        return Optional.empty();
    }

    private void bring(Services.Place place, String clientId, Secret secret) {
        if (!credentials.exists(clientId)) {
            add(place, clientId, secret);
        } else if (credentials.hashOf(clientId).isEmpty()
                || !SecretHash.parse(credentials.hashOf(clientId).get()).matches(secret)) {
            credentials.restore(clientId, SecretHash.of(secret, random));
        }
    }

    private Made make(Services.Place place, Given given, Path file) throws IOException {
        Made made =
                new Made(given.clientId().orElseGet(ids::next), given.secret().orElseGet(new RandomText(random)::next));
        ObjectNode json = Json.mapper().createObjectNode().put("client_id", made.clientId());
        if (given.secret().isEmpty()) {
            json.put("secret", made.secret().reveal());
        }
        // The file first: a kill in between leaves a file whose credential does not count, and the next start makes
        // another.
        PrivateFile.write(file, json.toPrettyString() + "\n");
        add(place, made.clientId(), made.secret());
        return made;
    }

    private void add(Services.Place place, String clientId, Secret secret) {
        credentials.add(
                new ClientCredential(
                        clientId,
                        place.tenantId(),
                        place.serviceId(),
                        Optional.of("First credential of this installation"),
                        CreatedFrom.API,
                        Optional.empty(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        Set.of(Role.ADMIN)),
                SecretHash.of(secret, random));
    }

    private static Optional<String> kept(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.ofNullable(Json.mapper().readTree(file.toFile()).get("client_id"))
                            .map(JsonNode::textValue)
                    : Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read; move it away to have a new one made", e);
        }
    }
}
