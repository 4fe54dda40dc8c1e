package io.millrace.http;

/** Finds out who is asking. */
public interface Authenticator {
    /**
     * Returns the caller, or throws {@link ApiProblem.Unauthenticated} with the sentence for the client.
     *
     * @param credentials what the request carries
     */
    Caller authenticate(Credentials credentials);
}
