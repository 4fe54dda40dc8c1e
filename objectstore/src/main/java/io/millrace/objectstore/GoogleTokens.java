package io.millrace.objectstore;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens of a service account: asked for when there is none, and again before one expires. Thread-safe.
 *
 * @see <a href="https://developers.google.com/identity/protocols/oauth2/service-account#httprest">OAuth 2.0 for service
 *     accounts</a>
 */
final class GoogleTokens {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final int SHARE = 4;

    private final ServiceAccount account;
    private final StoreClient client;
    private final Clock clock;
    private Optional<Token> token = Optional.empty();

    GoogleTokens(ServiceAccount account, StoreClient client, Clock clock) {
        this.account = account;
        this.client = client;
        this.clock = clock;
    }

    /** @param until it is used */
    private record Token(String text, Instant until) {}

    /**
     * Returns a token that is good for a while.
     *
     * @param within for the request, where one is sent
     */
    synchronized String token(Duration within) throws StoreException {
        Instant now = clock.instant();
        Optional<Token> known = token.filter(one -> now.isBefore(one.until()));
        if (known.isPresent()) {
            return known.get().text();
        }
        Token asked = ask(now, within);
        token = Optional.of(asked);
        return asked.text();
    }

    /** Throws a token away that the store does not take. */
    synchronized void forget(String refused) {
        token = token.filter(one -> !one.text().equals(refused));
    }

    private Token ask(Instant now, Duration within) throws StoreException {
        String form = "grant_type=" + Escaped.query(GRANT) + "&assertion=" + account.claim(now);
        StoreAnswer answer = client.send(
                new StoreClient.Request(
                        "POST", account.tokens(), Map.of("content-type", "application/x-www-form-urlencoded"), within),
                BodyPublishers.ofString(form));
        Optional<String> given = JsonTexts.find(answer.text(), "access_token");
        if (answer.isRefusal() || given.isEmpty()) {
            throw refused(answer);
        }
        Duration valid = JsonTexts.find(answer.text(), "expires_in")
                .filter(seconds -> seconds.matches("[0-9]{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ZERO);
        Duration early = valid.dividedBy(SHARE);
        return new Token(given.get(), now.plus(valid).minus(early.compareTo(EARLY) < 0 ? early : EARLY));
    }

    private StoreException refused(StoreAnswer answer) {
        String told = JsonTexts.find(answer.text(), "error_description")
                .or(() -> JsonTexts.find(answer.text(), "error"))
                .orElse("status " + answer.status());
        String problem = "The service account '" + account.email() + "' is not let in by "
                + account.tokens().getAuthority() + " (" + told + ")";
        return answer.isOfServer()
                ? answer.because(problem, "this may pass by itself")
                : answer.because(
                        problem,
                        "see that the clock of this machine is right, or make a new key of the account and put it into '"
                                + GoogleRefusal.CREDENTIALS + "'");
    }
}
