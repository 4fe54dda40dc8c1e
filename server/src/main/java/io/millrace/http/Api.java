package io.millrace.http;

import java.util.List;

/** What an {@link ApiServer} serves. */
public record Api(List<Object> resources, Authenticator authenticator, List<ProblemForm> forms) {
    public Api {
        resources = List.copyOf(resources);
        forms = List.copyOf(forms);
    }
}
