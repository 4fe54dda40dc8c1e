package io.millrace.auth;

import io.millrace.http.ApiProblem;
import io.millrace.secret.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Trades credentials and refresh tokens for tokens. */
public final class TokenService {
    /** Clients fetch one token per process and never renew it. */
    static final Duration ACCESS_LIFE = Duration.ofHours(24);

    static final Duration REFRESH_LIFE = Duration.ofDays(30);

    private final CredentialRepository credentials;
    private final TokenRepository tokens;
    private final SecretCheck check;
    private final RandomText random;
    private final Clock clock;

    TokenService(
            CredentialRepository credentials,
            TokenRepository tokens,
            SecretCheck check,
            RandomText random,
            Clock clock) {
        this.credentials = credentials;
        this.tokens = tokens;
        this.check = check;
        this.random = random;
        this.clock = clock;
    }

    /** Returns tokens for the right secret; throws {@link ApiProblem.Unauthenticated} otherwise. */
    AccessToken issue(String clientId, Secret secret) {
        if (!check.matches(clientId, credentials.hashOf(clientId), secret)) {
            throw new ApiProblem.Unauthenticated("Invalid client credentials");
        }
        return issue(clientId);
    }

    /** Returns tokens for a refresh token, which is used up. */
    AccessToken refresh(Secret refreshToken) {
        Optional<TokenRepository.Found> found =
                tokens.take(TokenRepository.Kind.REFRESH, RandomText.fingerprint(refreshToken.reveal()));
        return issue(usable(found, clock.instant()).clientId());
    }

    /** Returns whose token it is, or says why it does not count. */
    static ClientCredential usable(Optional<TokenRepository.Found> found, Instant now) {
        TokenRepository.Found token =
                found.orElseThrow(() -> new ApiProblem.Unauthenticated("Unauthorized: invalid or missing token"));
        if (token.revoked()) {
            throw new ApiProblem.Unauthenticated("Token has been revoked");
        }
        if (!token.expiresAt().isAfter(now)) {
            throw new ApiProblem.Unauthenticated("Token has expired. Please re-authenticate.");
        }
        return token.credential();
    }

    private AccessToken issue(String clientId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Secret access = random.next();
        Secret refresh = random.next();
        Instant end = now.plus(ACCESS_LIFE);
        tokens.add(
                clientId,
                now,
                new TokenRepository.NewToken(TokenRepository.Kind.ACCESS, RandomText.fingerprint(access.reveal()), end),
                new TokenRepository.NewToken(
                        TokenRepository.Kind.REFRESH,
                        RandomText.fingerprint(refresh.reveal()),
                        now.plus(REFRESH_LIFE)));
        return new AccessToken(access.reveal(), refresh.reveal(), end, ACCESS_LIFE.toSeconds());
    }
}
