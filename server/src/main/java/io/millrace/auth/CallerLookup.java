package io.millrace.auth;

import io.millrace.http.ApiProblem;
import io.millrace.http.Authenticator;
import io.millrace.http.Caller;
import io.millrace.http.Credentials;
import io.millrace.secret.Secret;
import java.time.Clock;
import java.util.Optional;

/** Knows callers by their token, or, on the Confluent-compatible surface, also by id and secret. */
final class CallerLookup implements Authenticator {
    private static final String BASIC_BELOW = "schema-registry/confluent";

    private final TokenRepository tokens;
    private final Services services;
    private final BasicLogin basicLogin;
    private final Clock clock;

    CallerLookup(TokenRepository tokens, Services services, BasicLogin basicLogin, Clock clock) {
        this.tokens = tokens;
        this.services = services;
        this.basicLogin = basicLogin;
        this.clock = clock;
    }

    @Override
    public Caller authenticate(Credentials request) {
        String header = request.authorization()
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new ApiProblem.Unauthenticated("Authentication required"));
        Optional<Login> login = Login.parse(header);
        if (login.isPresent() && login.get() instanceof Login.Bearer bearer) {
            return scoped(byToken(bearer.token()), request);
        }
        boolean basicAllowed =
                request.path().equals(BASIC_BELOW) || request.path().startsWith(BASIC_BELOW + "/");
        if (basicAllowed && login.isPresent() && login.get() instanceof Login.Basic basic) {
            return basicLogin.caller(basic.clientId(), basic.secret());
        }
        throw new ApiProblem.Unauthenticated("Unauthorized: invalid or missing token");
    }

    private Caller byToken(Secret token) {
        return BasicLogin.callerOf(TokenService.usable(
                tokens.find(TokenRepository.Kind.ACCESS, RandomText.fingerprint(token.reveal())), clock.instant()));
    }

    /** Admins may act for another tenant or service; for all others the headers do not exist. */
    private Caller scoped(Caller caller, Credentials request) {
        Optional<String> tenant = request.tenantId().filter(value -> !value.isBlank());
        Optional<String> service = request.serviceId().filter(value -> !value.isBlank());
        if (!caller.admin() || (tenant.isEmpty() && service.isEmpty())) {
            return caller;
        }
        Services.Place place = services.find(tenant, service)
                .orElseThrow(() -> new ApiProblem.BadRequest("There is no such service in that tenant: check"
                        + " X-Admin-Tenant-Id and X-Admin-Service-Id, or leave them out"));
        return new Caller(place.tenantId(), place.serviceId(), caller.subject(), caller.permissions(), caller.admin());
    }
}
