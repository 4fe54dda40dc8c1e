package io.millrace.objectstore;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a store answered to a request.
 *
 * @param text body; XML or JSON, as a rule
 */
record StoreAnswer(int status, String text, HttpHeaders headers) {
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int NOT_IMPLEMENTED = 501;

    private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);
    private static final int SERVER_ERROR = 500;

    static StoreAnswer of(HttpResponse<?> response, String text) {
        return new StoreAnswer(response.statusCode(), text, response.headers());
    }

    boolean isRefusal() {
        return status / 100 != 2;
    }

    /** Returns whether the store failed, rather than the request. */
    boolean isOfServer() {
        return status >= SERVER_ERROR || PASSING.contains(status);
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Returns the content of the first element of a name. */
    Optional<String> element(String name) {
        Matcher found = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /** Returns a refusal, of which the store tells whether it may pass. */
    StoreException because(String problem, String remedy) {
        return new StoreException(problem, remedy, !isOfServer());
    }
}
