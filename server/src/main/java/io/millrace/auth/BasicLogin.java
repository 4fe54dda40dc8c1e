package io.millrace.auth;

import io.millrace.http.ApiProblem;
import io.millrace.http.Caller;
import io.millrace.secret.Secret;

/** Callers by client id and secret. */
final class BasicLogin {
    private final CredentialRepository credentials;
    private final SecretCheck check;
    private final InternalAccess internal;

    BasicLogin(CredentialRepository credentials, SecretCheck check, InternalAccess internal) {
        this.credentials = credentials;
        this.check = check;
        this.internal = internal;
    }

    Caller caller(String clientId, Secret secret) {
        return internal.authenticate(clientId, secret).orElseGet(() -> {
            if (!check.matches(clientId, credentials.hashOf(clientId), secret)) {
                throw new ApiProblem.Unauthenticated("Invalid client credentials");
            }
            return credentials
                    .find(clientId)
                    .map(BasicLogin::callerOf)
                    .orElseThrow(() -> new ApiProblem.Unauthenticated("Invalid client credentials"));
        });
    }

    static Caller callerOf(ClientCredential credential) {
        return new Caller(
                credential.tenantId(),
                credential.serviceId(),
                credential.clientId(),
                credential.permissions(),
                credential.admin());
    }
}
